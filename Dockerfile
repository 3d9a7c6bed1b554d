# The explorer and SPARQL endpoint over a graph in /data:
#   docker build -t kamergraaf .
#   docker run --rm -v "$PWD/papers:/papers:ro" -v kamergraaf:/data kamergraaf build /papers --store /data/store
#   docker run --rm -p 127.0.0.1:8000:8000 -v kamergraaf:/data kamergraaf
# The steps are those by which .ci/run tries the wheel.

FROM node:22-slim AS editor
WORKDIR /src/exports/templates/explorer/editor
COPY exports/templates/explorer/editor/ ./
RUN mkdir ../static && npm ci --loglevel error && npm run --silent build

FROM python:3.13-slim AS wheel
WORKDIR /src
COPY constraints.txt ./
RUN python -m pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt build
COPY . .
COPY --from=editor /src/exports/templates/explorer/static/ exports/templates/explorer/static/
RUN python -m build --wheel \
 && python -m venv /opt/kamergraaf \
 && /opt/kamergraaf/bin/python -m pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt dist/*.whl \
 && /opt/kamergraaf/bin/python -m pip check

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home kamergraaf && install -d -o kamergraaf /data
COPY --from=wheel /opt/kamergraaf /opt/kamergraaf
ENV PATH=/opt/kamergraaf/bin:$PATH
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["kamergraaf"]
CMD ["serve", "--store", "/data/store", "--host", "0.0.0.0", "--port", "8000"]
