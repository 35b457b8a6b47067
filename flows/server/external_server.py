"""An external server: a Prefect server of the user's own, checked before anything is computed.

Prefect would find a problem by itself, half a minute later and in pages of its own words. No message quotes a key or an
authentication string.
"""

import base64
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from flows.server import isolation
from flows.server.isolation import API_AUTH, API_KEY, API_URL, CERTIFICATES
from topologies.errors import InputError, Message, RunFailed

if TYPE_CHECKING:
    import httpx

ANSWERS_WITHIN_S = 10
CLOUD = "api.prefect.cloud"
REFUSALS = (401, 403)


class BadSetting(InputError):
    """A Prefect setting that we honour cannot be used."""


class NoServer(RunFailed):
    """A Prefect server that is needed is not there."""


@dataclass(frozen=True, slots=True)
class ExternalServer:
    """A server of the user's own: it was there before us, and stays."""

    client_settings: Mapping[str, str]

    def start(self) -> None:
        """It runs."""

    def wait_until_ready(self) -> None:
        """It was checked before anything began."""

    def has_ended(self) -> bool:
        """Unknown."""
        return False

    def known_problem(self) -> Message | None:
        """Its output is elsewhere."""
        return None

    def stop(self) -> None:
        """It stays."""

    def kill(self) -> None:
        """It stays."""


def check(url: str) -> None:
    """A Prefect server of our version answers at this address and accepts our credentials."""
    _check_address(url)
    on_cloud = urlsplit(url).hostname == CLOUD
    answer = _get(url.rstrip("/") + ("/health" if on_cloud else "/admin/version"))
    if answer.status_code in REFUSALS:
        raise _refused(url, answer.status_code)
    if on_cloud and answer.is_success:
        return
    try:
        said = answer.json() if answer.is_success else None
    except ValueError:
        said = None
    if not isinstance(said, str):
        raise BadSetting(
            Message(
                "no Prefect API answers at {url}: correct PREFECT_API_URL, which usually ends with /api, "
                "or do without: {undo}",
                {"url": without_password(url), "undo": isolation.unset_hint()},
            )
        )
    _check_version(url, said)


def bypasses_proxies(url: str) -> bool:
    """Whether this address is reached without a proxy: it is on this machine, or NO_PROXY names it."""
    try:
        return bool(proxy_bypass(urlsplit(url).hostname or ""))
    except ValueError:
        return False  # no address at all


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        well_formed = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        well_formed = False
    if not well_formed:
        raise BadSetting(
            Message(
                "PREFECT_API_URL is {url}, which is no address such as http://127.0.0.1:4200/api: "
                "correct it, "
                "or do without: {undo}",
                {"url": without_password(url), "undo": isolation.unset_hint()},
            )
        )


def _get(url: str) -> "httpx.Response":
    """The server's answer, asked for with the headers, proxies and certificates of Prefect's client."""
    import httpx

    try:
        return httpx.get(
            url, headers=_headers(), timeout=ANSWERS_WITHIN_S, follow_redirects=True, verify=_certificates()
        )
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        server = without_password(isolation.honoured[API_URL])
        gaps = {"url": server, "reason": _reason(error), "undo": isolation.unset_hint()}
        raise NoServer(
            Message("no Prefect server answers at {url} ({reason}): start it, or do without: {undo}", gaps)
        ) from error
    except (ImportError, ValueError) as error:  # of a client that cannot use the proxy
        names, host = ", ".join(isolation.proxies()), urlsplit(url).hostname
        raise BadSetting(
            Message(
                "the proxy that {names} names cannot be used ({reason}): name an http proxy, or exempt "
                "the server: NO_PROXY={host}",
                {"names": names, "reason": str(error), "host": host},
            )
        ) from error


def _certificates() -> ssl.SSLContext:
    """The certificates that we trust: those that the user names, else the usual ones, as for Prefect's client."""
    import httpx

    file = isolation.honoured.get(CERTIFICATES)
    if file is None:
        return httpx.create_ssl_context(trust_env=False)
    try:
        return ssl.create_default_context(cafile=file)
    except OSError as error:
        gaps = {"name": CERTIFICATES, "file": file, "reason": error.strerror or str(error)}
        raise BadSetting(
            Message(
                "{name} names {file}, which holds no certificates ({reason}): correct it, or do without: "
                "unset {name}",
                gaps,
            )
        ) from error


def _headers() -> dict[str, str]:
    """Our credentials, as Prefect's client sends them."""
    if API_AUTH in isolation.honoured:
        return {"Authorization": "Basic " + base64.b64encode(isolation.honoured[API_AUTH].encode()).decode()}
    if API_KEY in isolation.honoured:
        return {"Authorization": f"Bearer {isolation.honoured[API_KEY]}"}
    return {}


def _refused(url: str, status: int) -> BadSetting:
    given = [name for name in (API_AUTH, API_KEY) if name in isolation.honoured]
    if not given:
        gaps = {"url": without_password(url), "status": status, "undo": isolation.unset_hint()}
        return BadSetting(
            Message(
                "the Prefect server at {url} demands a login ({status}): set PREFECT_API_AUTH_STRING or "
                "PREFECT_API_KEY, or do without: {undo}",
                gaps,
            )
        )
    gaps = {
        "url": without_password(url),
        "status": status,
        "name": given[0],
        "undo": isolation.unset_hint(given[0]),
    }
    return BadSetting(
        Message(
            "the Prefect server at {url} does not accept {name} ({status}): correct it, or do without: "
            "{undo}",
            gaps,
        )
    )


def _check_version(url: str, theirs: str) -> None:
    """Server and client are of one major version, within which Prefect promises compatibility."""
    ours = version("prefect")
    if theirs.split(".", 1)[0] != ours.split(".", 1)[0]:
        gaps = {"url": without_password(url), "theirs": theirs, "ours": ours, "undo": isolation.unset_hint()}
        raise BadSetting(
            Message(
                "the Prefect server at {url} is of version {theirs}, and Tocsin needs {ours}: use "
                "another server, "
                "or do without: {undo}",
                gaps,
            )
        )


def without_password(url: str) -> str:
    """The URL without the password that it may contain."""
    before, at, host = url.rpartition("@")
    return f"{before.split('//')[0]}//…@{host}" if at else url


def _reason(error: Exception) -> str:
    """The reason in the system's words, without its number."""
    said = str(error).strip() or type(error).__name__
    return said.split("] ", 1)[-1]
