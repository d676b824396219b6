# A static binary on a base without a shell, run by nobody, writing to one volume only.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /bot ./cmd/bot \
 && mkdir /data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /bot /bot
COPY --from=build --chown=nonroot:nonroot /data /data
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/bot"]
CMD ["run", "-c", "/etc/attache/attache.yaml"]
