"""Bordereaux of the SAE as the DREES writes them: its columns of 2024, cells between semicolons, in ISO-8859-1."""

from pathlib import Path

HEADERS = {
    "ID": "bor;an;fi;rs;rscom;fi_ej;grp;stj;dep;LIBCOM",
    "URGENCES": "BOR;AN;FI;RS;FI_EJ;AUTSU;AUTGEN;AUTSAIS;AUTPED;AUTMEDURG;EMG",
    "URGENCES2": "BOR;AN;FI;RS;FI_EJ;URG;REG;SAO;ACC;PASSU;dt80;dt18;LIT_UHCD;JLI_UHCD;STAP",
    "MCO": "BOR;AN;FI;RS;FI_EJ;LIT_MED;LIT_CHI;LIT_OBS;LIT_MCO;JLI_MCO;PLA_MCO",
    "REA": "BOR;AN;FI;RS;FI_EJ;UNI;LIT;JLI;SEJ;pctEXT;EFFLIB_APNM",
}
A, B, C, ELSEWHERE = "350000022", "350000048", "350000139", "010000024"
ENTITY = "350005179"
NAMES = {
    A: "CHU À RENNES",
    B: "CH DE FOUGÈRES",
    C: "CLINIQUE C",
    ENTITY: "CHU (ENTITÉ)",
    ELSEWHERE: "CH DE FLEYRIAT",
}


def bordereau(kind: str, *rows: dict[str, str], year: str = "2024") -> str:
    """A bordereau with these rows: cells by column, the others empty."""
    header = HEADERS[kind].split(";")
    lines = [HEADERS[kind]]
    for row in rows:
        said = {"BOR": kind, "AN": year, "FI_EJ": ENTITY, "RS": NAMES.get(row["FI"], ""), **row}
        lines.append(";".join(said.get(name.upper(), said.get(name, "")) for name in header))
    return "".join(f"{line}\r\n" for line in lines)


def unit(finess: str, name: str, beds: str) -> dict[str, str]:
    """A row of REA."""
    return {"FI": finess, "UNI": name, "LIT": beds}


FILES = {
    "ID": bordereau(
        "ID", {"FI": A, "LIBCOM": "RENNES"}, {"FI": B, "LIBCOM": "FOUGÈRES"}, {"FI": C, "FI_EJ": "350000477"}
    ),
    "URGENCES": bordereau(
        "URGENCES", {"FI": A, "AUTGEN": "1", "AUTPED": "1"}, {"FI": B, "AUTGEN": "1", "AUTPED": "0"}
    ),
    "URGENCES2": bordereau(
        "URGENCES2",
        {"FI": A, "URG": "GEN", "PASSU": "60000", "LIT_UHCD": "14"},
        {"FI": A, "URG": "PED", "PASSU": "20000"},
        {"FI": B, "URG": "AMU", "PASSU": "21000"},
        {"FI": ELSEWHERE, "URG": "GEN", "PASSU": "48373"},
    ),
    "MCO": bordereau("MCO", {"FI": A, "LIT_MCO": "900"}, {"FI": B, "LIT_MCO": "0"}, {"FI": C}),
    "REA": bordereau(
        "REA",
        *(unit(A, name, beds) for name, beds in (("REAADU", "40"), ("REAENF", "8"), ("REAPEDREC", "8"))),
        *(
            unit(A, name, beds)
            for name, beds in (("USICADU", "20"), ("USIHADU", "10"), ("SIADU", "30"), ("SIPED", "4"))
        ),
        unit(A, "SITOT", "34"),
        unit(B, "SIADU", "6"),
    ),
}


def written(folder: Path, files: dict[str, str], encoding: str = "latin-1") -> list[Path]:
    """The files, under the names that the DREES gives them."""
    paths = []
    for kind, text in files.items():
        paths.append(folder / f"{kind}_2024r.csv")
        paths[-1].write_bytes(text.encode(encoding))
    return paths
