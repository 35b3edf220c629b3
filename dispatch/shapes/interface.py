"""The description of the interface itself, as OpenAPI 3.1 has it."""

from typing_extensions import TypedDict


class InterfaceInfo(TypedDict):
    """What it is called, and which version of the interface it is."""

    title: str
    version: str
    summary: str
    description: str


class InterfaceServer(TypedDict):
    """Where the addresses begin."""

    url: str


class InterfaceTag(TypedDict):
    """A group of addresses."""

    name: str


class Interface(TypedDict):
    """Every address with what it takes, answers and refuses."""

    openapi: str
    info: InterfaceInfo
    servers: list[InterfaceServer]
    tags: list[InterfaceTag]
    paths: dict[str, dict[str, object]]
    components: dict[str, dict[str, object]]
