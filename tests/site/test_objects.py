"""A release in a store of objects: whole before it is current, gone when it fails."""

import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import BuildError
from generator.site.bucket import Bucket
from generator.site.objects import Release, content_type
from generator.site.output import File, Folder
from tests.site.elsewhere import BUCKET, object_store, objects, store


@pytest.fixture(scope="module", autouse=True)
def _store() -> Iterator[None]:
    with object_store():
        yield


@pytest.fixture
def bucket(request: pytest.FixtureRequest) -> Bucket:
    """A part of the bucket for each test alone."""
    return Bucket(BUCKET, f"{request.node.name}/")


def test_what_is_written_is_there(bucket: Bucket, tmp_path: Path) -> None:
    release = Release.new(bucket)
    folder = Folder(tmp_path)
    files = [release.write(f"a/{number}.html", b"text" * number) for number in range(1, 100)]
    files.append(release.take(folder.write("logo.svg", b"<svg/>"), folder))
    release.flush()
    release.verify(reversed(files), set())
    assert files[0] == File("a/1.html", 4, 0)
    found = objects(bucket.prefix)
    assert found.pop("releases/1/.gongkai-site") == b""
    assert found.pop("releases/1/logo.svg") == b"<svg/>"
    assert found == {f"releases/1/a/{number}.html": b"text" * number for number in range(1, 100)}


def test_what_was_written_can_be_read_at_once_also_by_another_process(bucket: Bucket) -> None:
    release = Release.new(bucket)
    release.write("b.gz", b"b")
    release.write("a.gz", b"a")
    assert release.read_all(["a.gz", "b.gz"]) == [b"a", b"b"]
    other: Release = pickle.loads(pickle.dumps(release))  # noqa: S301 - our own
    assert other.read_all(["b.gz"]) == [b"b"]


def test_each_release_has_a_number_of_its_own(bucket: Bucket) -> None:
    client = store()
    for name in ("notes", *range(1, 11)):  # "10" sorts before "9"
        client.put_object(Bucket=BUCKET, Key=f"{bucket.prefix}releases/{name}/a.txt", Body=b"")
    Release.new(bucket)
    Release.new(bucket)
    found = {name.split("/")[1] for name in objects(bucket.prefix)}
    assert found == {"notes", *map(str, range(1, 13))}


def test_a_number_that_another_build_takes_meanwhile_is_not_taken(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = Release._claim
    other = iter([True])

    def too_late(release: Release) -> bool:
        if next(other, False):
            assert claim(release)
        return claim(release)

    monkeypatch.setattr(Release, "_claim", too_late)
    Release.new(bucket).make_current("id")
    assert json.loads(objects(bucket.prefix)["current.json"])["release"] == "2"


@pytest.mark.parametrize(
    "harm", [("put", "index.html", b"cut"), ("delete", "index.html"), ("put", "more.html", b"new")]
)
def test_an_object_that_is_not_as_it_was_written_is_noticed(
    harm: tuple[str, str, bytes], bucket: Bucket
) -> None:
    release = Release.new(bucket)
    files = [release.write("index.html", b"whole"), release.write("about/index.html", b"about")]
    release.flush()
    release.verify(files, set())
    what, name, *body = harm
    key = {"Bucket": BUCKET, "Key": f"{bucket.prefix}releases/1/{name}"}
    store().put_object(Body=body[0], **key) if what == "put" else store().delete_object(**key)
    with pytest.raises(BuildError, match="与生成的不同"):
        release.verify(files, set())


def test_what_cannot_be_written_is_told(bucket: Bucket) -> None:
    release = Release(Bucket("gongkai-none", ""), 1)
    release.write("index.html", b"text")
    with pytest.raises(BuildError, match=r"s3://gongkai-none 用不了.*NoSuchBucket"):
        release.flush()
    with pytest.raises(BuildError, match="s3://gongkai-none 用不了"):
        Release.new(Bucket("gongkai-none", ""))
    with pytest.raises(BuildError, match=r"用不了.*NoSuchKey"):
        Release(bucket, 7).read_all(["index.html"])


def test_a_release_that_is_deleted_takes_no_other_with_it(bucket: Bucket) -> None:
    client = store()
    for number in (1, 2, 10):
        client.put_object(Bucket=BUCKET, Key=f"{bucket.prefix}releases/{number}/a.html", Body=b"")
    release = Release(bucket, 1)
    release.write("b.html", b"text")
    release.delete()
    assert set(objects(bucket.prefix)) == {"releases/2/a.html", "releases/10/a.html"}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/search/engine.js", "text/javascript; charset=utf-8"),
        ("assets/gongkai.css", "text/css; charset=utf-8"),
        ("current.json", "application/json; charset=utf-8"),
        ("sitemap.xml", "text/xml; charset=utf-8"),
        ("search/regions.json.gz", "application/gzip"),
        ("search/shards/990001/2022-3f/0-17.gz", "application/gzip"),
        ("favicon.png", "image/png"),
        ("logo.svg", "image/svg+xml"),
        (".gongkai-site", "application/octet-stream"),
    ],
)
def test_browsers_are_told_what_a_file_is(path: str, kind: str, bucket: Bucket) -> None:
    assert content_type(path) == kind


def test_the_store_keeps_what_a_file_is(bucket: Bucket) -> None:
    release = Release.new(bucket)
    release.write("a.json.gz", b"packed")
    release.flush()
    head = store().head_object(Bucket=BUCKET, Key=f"{bucket.prefix}releases/1/a.json.gz")
    assert head["ContentType"] == "application/gzip"
    assert "ContentEncoding" not in head  # a browser would unpack it before our code does


@pytest.mark.parametrize(
    ("text", "name", "prefix"),
    [
        ("s3://gongkai", "gongkai", ""),
        ("s3://gongkai/", "gongkai", ""),
        ("s3://my.site-1/a/b", "my.site-1", "a/b/"),
        ("s3://gongkai/a/", "gongkai", "a/"),
    ],
)
def test_a_place_in_a_bucket(text: str, name: str, prefix: str) -> None:
    assert Bucket.parse(text) == Bucket(name, prefix)
    assert Bucket.parse(str(Bucket.parse(text))) == Bucket(name, prefix)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "s3://",
        "s3://a",
        "s3:///a",
        "s3://Gongkai",
        "s3://公开",
        "gongkai/a",
        "http://gongkai/a",
    ],
)
def test_what_is_no_bucket_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"应写成 s3://桶/前缀"):
        Bucket.parse(text)


@pytest.mark.parametrize("prefix", ["a//b", "/a", "../a", "a b", "a/./b", "网站", "a?b"])
def test_a_prefix_that_may_be_misread_is_told(prefix: str) -> None:
    with pytest.raises(ValueError, match="前缀只能用"):
        Bucket.parse(f"s3://gongkai/{prefix}")


@given(st.from_regex(r"[a-z0-9]{3}(/[A-Za-z0-9_-]{1,4}){0,3}", fullmatch=True))
def test_a_place_is_written_as_it_is_read(text: str) -> None:
    assert str(Bucket.parse(f"s3://{text}")) == f"s3://{text}"
