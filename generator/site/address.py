"""Where a preview is shown: a host and a port of this machine."""

import errno
import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Self

from generator.errors import BuildError, os_reason

_FORM = "应写成 主机:端口（半角冒号），如 127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Address:
    """A host, `localhost` or an IP address, which is what MkDocs takes, and a port."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """`127.0.0.1:8000`, `localhost:8000`, `[::1]:8000`.

        Raises ValueError for anything else; says in Chinese what is wrong.
        """
        host, colon, port = text.rpartition(":")
        if not colon or not port:
            raise ValueError(f"没有写端口：{_FORM}")
        # Not int(): it takes 8_000 and full-width digits, too.
        if not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 2**16:
            raise ValueError(f"的端口“{port}”不对：端口是 1 到 65535 的整数，如 127.0.0.1:8000")
        host = host.removeprefix("[").removesuffix("]")
        if host != "localhost":
            try:
                host = str(ipaddress.ip_address(host))
            except ValueError:
                raise ValueError(
                    f"的主机“{host}”不对：主机是 localhost 或本机的 IP 地址，如 127.0.0.1:8000"
                ) from None
        return cls(host, int(port))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


DEFAULT = Address("127.0.0.1", 8000)


def ensure_free(address: Address) -> None:
    """Raises BuildError when nothing can be shown at an address, and says why."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        socket.create_server((address.host, address.port), family=family).close()
    except OSError as error:
        raise BuildError(_refusal(address, error)) from error


def _refusal(address: Address, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"{address} 已被占用，可能另一个预览还开着：请先结束它，"
                f"或用 --address 换一个端口，如 {Address(address.host, _other(address.port))}"
            )
        case errno.EACCES | errno.EPERM:
            return f"没有权限使用 {address}：请用 --address 换成大于 1023 的端口，如 {DEFAULT}"
        case errno.EADDRNOTAVAIL:
            return f"{address.host} 不是本机的地址：请用 --address 换成本机的地址，如 {DEFAULT}"
        case _:
            return f"不能在 {address} 预览（{os_reason(error)}）：请用 --address 换一个地址"


def _other(port: int) -> int:
    return port + 1 if port < 2**16 - 1 else DEFAULT.port
