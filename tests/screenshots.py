"""Pictures of each kind of page for the documentation: `make screenshots`.

From fictional data, the same each time, and the one real record.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from generator.site.build import build_site
from generator.site.options import DATA, Options
from tests.browsing import chromium, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
GONGKAI = Path(sys.executable).with_name("gongkai")
PICTURES = ROOT / "content" / "images"
LARGEST = 100_000
"""Bytes of a picture: they are in git, and on the site."""

# name -> site, address, width, height, dark, senior
SHOTS = {
    "home": ("demo", "", 1280, 900, False, False),
    "region": ("demo", "990001/", 1280, 900, False, False),
    "coverage": ("demo", "990001/coverage/", 1280, 900, False, False),
    "unit": ("demo", "990001/jiaoyu/", 1280, 680, False, False),
    "compare": (
        "demo",
        "compare/?a=990001/jiaoyu/2023&a=990001/minzheng/2023&a=990001/caizheng/2023",
        1280,
        900,
        False,
        False,
    ),
    "search": ("demo", "search/?q=公务接待费", 1280, 600, False, False),
    "year": ("demo", "years/2023/", 1280, 700, False, False),
    "data": ("demo", "data/", 1280, 700, False, False),
    "glossary": ("real", "glossary/", 1280, 600, False, False),
    "rules": ("demo", "rules/", 1280, 600, False, False),
    "record": ("real", "430524/xingzheng-shenpi/2022/", 1280, 1000, False, False),
    "record-phone": ("real", "430524/xingzheng-shenpi/2022/", 375, 740, False, False),
    "unit-phone": ("demo", "990001/jiaoyu/", 375, 740, False, False),
    "home-senior": ("demo", "", 1280, 900, False, True),
    "unit-dark": ("demo", "990001/jiaoyu/", 1280, 680, True, False),
}


def main() -> None:
    """Build both sites, take the pictures; exit with 1 when one is too large."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        demo = ["--regions", "2", "--units", "8", "--years", "5", "--seed", "1"]
        subprocess.run([GONGKAI, "demo", folder / "data", *demo], check=True, capture_output=True)
        for site, data in (("demo", folder / "data"), ("real", ROOT / "data")):
            options = Options(data, downloads=(DATA,))  # attachments take long
            build_site(ROOT / "mkdocs.yml", folder / site, options)
        with serving(folder) as home, chromium() as browser:
            sizes = {name: _take(browser, home, name) for name in SHOTS}
    for name, size in sizes.items():
        print(f"{size:>8,} {name}")
    if max(sizes.values()) > LARGEST:
        sys.exit(f"一张图最多 {LARGEST:,} 字节")


def _take(browser: "Browser", home: str, name: str) -> int:
    site, address, width, height, dark, senior = SHOTS[name]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        device_scale_factor=0.75 if width > 1000 else 1,
    )
    if senior:
        page.add_init_script("localStorage.setItem('gongkai.senior', 'on')")
    page.goto(f"{home}{site}/{address}", wait_until="networkidle")
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    page.close()
    return path.stat().st_size


if __name__ == "__main__":
    main()
