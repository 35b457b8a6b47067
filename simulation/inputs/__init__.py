"""The inputs: what people state about a campaign, typed and checked. Whatever changes a result stands here."""
