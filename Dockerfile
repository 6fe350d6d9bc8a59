# sealint and nothing else. Builds it from this folder; a release brings its static binaries instead, as
# `--build-context binary=DIR` with DIR/amd64/sealint and DIR/arm64/sealint.

FROM rust:1.95-alpine AS binary
ARG TARGETARCH
RUN apk add --no-cache gcc musl-dev
WORKDIR /src
COPY . .
RUN cargo build --release --locked && install -D target/release/sealint "/$TARGETARCH/sealint"

FROM scratch
ARG TARGETARCH
COPY --from=binary "/$TARGETARCH/sealint" /sealint
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/sealint"]
