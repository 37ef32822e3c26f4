# The clinic as one image: server and worker, with nothing of anyone in it. `compose.yaml` starts both beside PostgreSQL.
FROM python:3.11-slim AS build
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels '.[web]'

FROM python:3.11-slim
# The version is that of the wheel built above. hadolint ignore=DL3013
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links=/wheels 'attunement[web]'

# Keys (and SQLite, where there is no DATABASE_URL) lie in the home folder: a volume, for its owner alone.
RUN useradd --uid 10001 --user-group --no-create-home clinic && install -d -m 700 -o clinic -g clinic /home/clinic /backups
ENV ATTUNEMENT_HOME=/home/clinic ATTUNEMENT_BACKUPS=/backups PYTHONUNBUFFERED=1
VOLUME ["/home/clinic", "/backups"]
USER 10001:10001

EXPOSE 8765
STOPSIGNAL SIGINT
# By one of the names under which the server may be called.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-c", "import os, urllib.request as web; \
    host = os.environ.get('ATTUNEMENT_HOSTS', 'localhost').split(',')[0]; \
    web.urlopen(web.Request('http://127.0.0.1:8765/health/', headers={'Host': host}))"]
CMD ["attunement", "serve", "--host", "0.0.0.0", "--no-worker"]
