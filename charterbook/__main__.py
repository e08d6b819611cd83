"""Entry point of `charterbook` and `python -m charterbook`."""

import signal


def main() -> None:
    """Run the command line. An interruption ends the program silently while its modules are imported."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from charterbook.compiled_texts import compiled_texts
    from charterbook.module_archive import archived_modules

    with archived_modules(), compiled_texts():
        from charterbook.cli import run

        run()


if __name__ == "__main__":
    main()
