# Everything goes into a virtual environment of this folder, .venv; only `make test` may install
# packages of the system (a browser and a Chinese font), and it says so.

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

export NO_MKDOCS_2_WARNING := 1  # the theme's banner: not news to who builds a site

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve test soak bench lint browser screenshots pins clean

help:
	@echo "make site    生成网站到 site/          build the site into site/"
	@echo "make serve   预览，修改后自动刷新      preview, rebuilt at each change"
	@echo "make test    检查代码并运行全部测试    check the code and run all tests"
	@echo "make soak    运行费时的测试            run the tests that take long"
	@echo "make bench   量一量快慢                measure how long things take"
	@echo "make screenshots  重拍文档里的图     take the documentation's pictures"
	@echo "make lint    只检查代码                check the code only"
	@echo "make pins    更新 requirements*.txt    update the pinned requirements"
	@echo "make clean   删除生成的文件            remove what was made"

site: $(VENV)/.runtime
	$(BIN)/gongkai build
	@echo "网站在 site/ 中，用 make serve 查看。"
	@echo "The site is in site/; look at it with: make serve"

serve: $(VENV)/.runtime
	$(BIN)/gongkai serve --address $(ADDRESS)

test: $(VENV)/.test browser lint
	$(BIN)/pytest -n auto

soak: $(VENV)/.bench browser
	$(BIN)/pytest -m soak

bench: $(VENV)/.bench browser
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.checks

# For the documentation, when the look has changed.
screenshots: $(VENV)/.test browser
	$(BIN)/python -m tests.screenshots

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Installed once, and again when the requirements change.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "需要 Python 3.11 或更新的版本 / Python 3.11 or later is needed"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "请先安装 / Please install first: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) -r requirements.txt
	$(PIP) --no-deps --editable .
	@touch $@

$(VENV)/.test: requirements-test.txt $(VENV)/.runtime
	$(PIP) -r requirements-test.txt
	@touch $@

# What gongkai is measured against.
$(VENV)/.bench: requirements-bench.txt $(VENV)/.test
	$(PIP) -r requirements-bench.txt
	@touch $@

# The system's Chromium where it is a package; on Ubuntu that package only leads to a snap, which
# cannot be driven from tests, so there Playwright brings its own.
define FIND_BROWSER
has_browser() { \
	[ -n "$$CHROMIUM" ] && return; \
	case "$$(readlink -f "$$(command -v chromium)")" in ""|*/snap*) ;; *) return 0;; esac; \
	ls "$${PLAYWRIGHT_BROWSERS_PATH:-$$HOME/.cache/ms-playwright}"/chromium* >/dev/null 2>&1; \
}; \
has_font() { [ -n "$$(fc-list :lang=zh 2>/dev/null)" ]; }; \
as_root() { if [ "$$(id -u)" = 0 ]; then "$$@"; else sudo -n "$$@"; fi; }; \
can_install() { command -v apt-get >/dev/null && as_root true 2>/dev/null; }
endef

browser: $(VENV)/.test
	@$(FIND_BROWSER); \
	wanted=""; \
	has_font || wanted="fontconfig fonts-noto-cjk"; \
	has_browser || grep -qs '^ID=ubuntu' /etc/os-release || wanted="$$wanted chromium"; \
	if [ -n "$$wanted" ] && can_install; then \
		echo "apt-get install $$wanted"; \
		as_root apt-get update -qq || true; \
		as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends $$wanted || true; \
	fi; \
	if ! has_browser; then \
		if can_install; then deps=--with-deps; else deps=; fi; \
		$(BIN)/playwright install $$deps chromium || true; \
	fi; \
	if ! has_browser || ! has_font; then \
		echo "缺少 Chromium 或中文字体，浏览器测试不能运行。请以管理员身份安装："; \
		echo "Chromium or a Chinese font is missing for the browser tests. As root, install:"; \
		echo "    apt-get install chromium fonts-noto-cjk"; \
		[ -z "$$CI" ]; \
	fi

# Versions only: where packages come from is the business of each machine. Such as still run on
# Python 3.11.2, which is Debian's; and what botocore asks of python-dateutil holds for all.
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --strip-extras --no-header --no-emit-index-url \
	--python-version 3.11.2

pins: $(VENV)/.test
	$(PIP) uv
	$(COMPILE) --constraint constraints.txt --output-file requirements.txt pyproject.toml
	$(COMPILE) --extra test --constraint requirements.txt \
		--output-file requirements-test.txt pyproject.toml
	$(COMPILE) --extra bench --constraint requirements-test.txt \
		--output-file requirements-bench.txt pyproject.toml

clean:
	rm -rf site .site.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find generator tests -name __pycache__ -prune -exec rm -rf {} +
