"""For tests of sites that are made by, or kept on, other machines: all of them this one."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from generator.demo.folder import Size, write_demo

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "mkdocs.yml"
BUCKET = "gongkai"


def make_demo(folder: Path) -> Path:
    """Data of fictional regions: five alike, before them a small one, after them one that has no
    records yet."""
    write_demo(folder, ROOT / "data", Size(6, 2, 2), seed=1, jobs=1)
    for unit in sorted((folder / "records" / "990001").iterdir())[1:]:
        shutil.rmtree(unit)
    region = folder / "regions" / "990001.yaml"
    shutil.copy(region, region.with_name("990099.yaml"))
    return folder


def files_of(site: Path) -> dict[str, str]:
    """Every file with the MD5 of its bytes, which is what a store of objects tells of each."""
    return {
        path.relative_to(site).as_posix(): hashlib.md5(
            path.read_bytes(), usedforsecurity=False
        ).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@contextmanager
def object_store() -> Iterator[None]:
    """A store for objects on this machine, which this process and those that it starts know by the
    usual variables."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        patch.setenv("AWS_CONFIG_FILE", "/nonexistent")
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
        store().create_bucket(Bucket=BUCKET)
        try:
            yield
        finally:
            server.stop()


def store() -> Any:
    """A client for it."""
    return boto3.session.Session().client("s3")


def content(key: str) -> bytes:
    """Of an object."""
    read: bytes = store().get_object(Bucket=BUCKET, Key=key)["Body"].read()
    return read


def objects(prefix: str) -> dict[str, bytes]:
    """Name below a prefix and content of each object."""
    return {name: content(prefix + name) for name in digests(prefix)}


def digests(prefix: str) -> dict[str, str]:
    """Name below a prefix and MD5 of each object."""
    pages = store().get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
    return {
        each["Key"].removeprefix(prefix): each["ETag"].strip('"')
        for page in pages
        for each in page.get("Contents", ())
    }
