"""Zeus's own batch size server as it comes from PyPI, on a new SQLite file: `python zeusServer.py <file> <port>`."""

import asyncio
import os
import sys

database, port = sys.argv[1:3]
os.environ["ZEUS_BSO_DATABASE_URL"] = f"sqlite+aiosqlite:///{database}"
os.environ.setdefault("ZEUS_BSO_LOG_LEVEL", "ERROR")

# Zeus reads its settings while it is imported.
import uvicorn  # noqa: E402
from sqlalchemy.ext.asyncio import create_async_engine  # noqa: E402
from zeus.optimizer.batch_size.server.database.schema import Base  # noqa: E402


async def make_tables():
    engine = create_async_engine(os.environ["ZEUS_BSO_DATABASE_URL"])
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    await engine.dispose()


asyncio.run(make_tables())
uvicorn.run(
    "zeus.optimizer.batch_size.server.router:app",
    host="127.0.0.1",
    port=int(port),
    access_log=False,
    log_level="warning",
)
