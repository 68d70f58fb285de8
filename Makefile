# Two commands: `make demo` and `make test`. The rest is for those who work on Paraat.
PYTHON ?= python3
BIN = .venv/bin
PORT ?= 8000
PEOPLE ?= 700
SEED ?= 1
export PORT PEOPLE SEED

.PHONY: demo test everything check fix lock messages docs clean

.venv/.demo: requirements.lock
	@echo "Installing Paraat (half a minute or so) ..."
	@$(PYTHON) tools/install.py requirements.lock
	@touch $@

.venv/.test: requirements.lock requirements-dev.lock
	@echo "Installing Paraat and what tests it (a minute or so) ..."
	@$(PYTHON) tools/install.py requirements-dev.lock
	@touch $@ .venv/.demo

demo: .venv/.demo  ## everything at 127.0.0.1:8000, with a filled demo world (PORT= PEOPLE= SEED=)
	@exec $(BIN)/python manage.py demo

test: .venv/.test  ## every test, browser and PostgreSQL included, and what it cost
	@$(BIN)/python tools/cost.py $(MAKE) --no-print-directory everything

everything: .venv/.test
	@echo "Checks:"
	@$(BIN)/python tools/check.py
	@$(BIN)/python tools/chromium.py
	@echo "Tests, on SQLite:"
	@$(BIN)/python -m pytest -n auto
	@echo "Tests that need PostgreSQL, on one that lives as long as they do:"
	@$(BIN)/python tools/postgres.py $(BIN)/python -m pytest -n auto -m "postgres or both"
	@echo "Everything passed."

check: .venv/.test  ## format, lint, contracts, migrations, templates, generated docs
	@$(BIN)/python tools/check.py

fix: .venv/.test  ## repair what can be repaired
	@$(BIN)/python tools/check.py --fix

messages: .venv/.test  ## collect the texts to translate and compile locale/nl
	@$(BIN)/python tools/messages.py

lock: .venv/.test  ## renew the locks from requirements*.in
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade requirements.in -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv var
