"""The preview's address: what may be typed, and what the machine refuses."""

import errno
import ipaddress
import os
import re
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import BuildError
from generator.site.address import DEFAULT, Address, ensure_free


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("127.0.0.1:8000", "127.0.0.1", 8000),
        ("localhost:1", "localhost", 1),
        ("0.0.0.0:65535", "0.0.0.0", 65535),  # noqa: S104 - nothing is bound
        ("[::1]:8000", "::1", 8000),
        ("::1:8000", "::1", 8000),
        ("127.0.0.1:08000", "127.0.0.1", 8000),
    ],
)
def test_addresses_are_read(text: str, host: str, port: int) -> None:
    assert Address.parse(text) == Address(host, port)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "没有写端口：应写成 主机:端口（半角冒号），如 127.0.0.1:8000"),
        ("localhost", "没有写端口：应写成 主机:端口（半角冒号），如 127.0.0.1:8000"),
        ("localhost:", "没有写端口：应写成 主机:端口（半角冒号），如 127.0.0.1:8000"),
        ("127.0.0.1：8000", "没有写端口：应写成 主机:端口（半角冒号），如 127.0.0.1:8000"),
        *(
            (f"127.0.0.1:{port}", f"的端口“{port}”不对：端口是 1 到 65535 的整数，如 {DEFAULT}")
            for port in ("0", "65536", "80a", "-1", "8_000", "８０００", " 8000", "9" * 6)
        ),
        *(
            (
                f"{host}:8000",
                f"的主机“{host}”不对：主机是 localhost 或本机的 IP 地址，如 {DEFAULT}",
            )
            for host in ("", "example.org", "127.0.0.256", "127.0.0.1 ", "http://127.0.0.1", "本机")
        ),
    ],
)
def test_other_text_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Address.parse(text)


@given(st.ip_addresses(), st.integers(1, 65535))
def test_every_ip_address_and_port_is_read_as_it_is_written(
    host: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int
) -> None:
    address = Address(str(host), port)
    assert Address.parse(str(address)) == address


@given(st.text())
def test_no_text_fails_in_another_way(text: str) -> None:
    try:
        address = Address.parse(text)
    except ValueError as error:
        assert re.search("[一-龥]", str(error))  # noqa: PT017 - not every text is refused
    else:
        assert Address.parse(str(address)) == address


def test_a_free_address_is_free_afterwards() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = Address("127.0.0.1", server.getsockname()[1])
        with pytest.raises(BuildError, match=rf"^{address} 已被占用.*如 127\.0\.0\.1:\d+$"):
            ensure_free(address)
    ensure_free(address)
    ensure_free(address)


def test_an_address_of_another_machine_is_told() -> None:
    with pytest.raises(BuildError, match=r"^192\.0\.2\.1 不是本机的地址"):
        ensure_free(Address("192.0.2.1", 8000))  # reserved for documentation


@pytest.mark.parametrize(
    ("port", "code", "message"),
    [
        (80, errno.EACCES, "没有权限使用 127.0.0.1:80：请用 --address 换成大于 1023 的端口，如 "),
        (80, errno.EPERM, "没有权限使用 127.0.0.1:80："),
        (80, errno.ENOSPC, "不能在 127.0.0.1:80 预览（磁盘已满）"),
        (
            65535,
            errno.EADDRINUSE,
            "127.0.0.1:65535 已被占用，可能另一个预览还开着：请先结束它，"
            "或用 --address 换一个端口，如 127.0.0.1:8000",
        ),
    ],
)
def test_what_the_machine_refuses_is_told(
    port: int, code: int, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(socket, "create_server", refuse)  # the root user may use port 80
    with pytest.raises(BuildError, match=f"^{re.escape(message)}"):
        ensure_free(Address("127.0.0.1", port))
