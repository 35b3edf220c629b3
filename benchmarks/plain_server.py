"""`python -m benchmarks.plain_server serve`: the product on gunicorn's gthread as it comes."""

from gunicorn.workers.gthread import ThreadWorker

from dispatch.cli import main, worker


class PlainServer(worker.Server):
    """The control of benchmarks/hostile.py."""

    def load_config(self) -> None:
        super().load_config()
        self.cfg.set("worker_class", ThreadWorker)
        self.cfg.set("worker_connections", self.cfg.threads + worker.REQUESTS)


if __name__ == "__main__":
    worker.Server = PlainServer  # type: ignore[misc]  # what `serve` starts
    main(prog_name="python -m benchmarks.plain_server")
