package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running service, as a client sees it. */
public final class Api {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Answers 200 once the service is ready. */
    public static final String READY = "/actuator/health/readiness";

    private final String base;

    Api(int port) {
        this("127.0.0.1", port);
    }

    public Api(String host, int port) {
        this.base = "http://" + host + ":" + port;
    }

    /** An answer. */
    public record Answer(int status, String type, String text, HttpResponse<String> response) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }

        /** {@return the problem that this is, of a status and a type} */
        public JsonNode problem(int status, String problem) {
            assertThat(status()).as(text).isEqualTo(status);
            assertThat(type).isEqualTo("application/problem+json");
            assertThat(json().get("type").asString()).isEqualTo("/problems/" + problem);
            return json();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** {@return whether the service answers, and is ready} */
    public boolean isReady() {
        try {
            return get(READY).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    /** Posts JSON. */
    public Answer post(String path, String json, String... headers) {
        return send("POST", path, BodyPublishers.ofString(json), with(headers, "Content-Type", "application/json"));
    }

    public Answer analyse(String json, String... headers) {
        return post("/v1/analyses", json, headers);
    }

    public Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpResponse<String> response = exchange(method, path, body, BodyHandlers.ofString(), headers);
        String type = response.headers().firstValue("Content-Type").orElse("");
        return new Answer(response.statusCode(), type, response.body(), response);
    }

    /** Asks for what is no text. */
    HttpResponse<byte[]> download(String method, String path, BodyPublisher body, String... headers) {
        return exchange(method, path, body, BodyHandlers.ofByteArray(), headers);
    }

    private <T> HttpResponse<T> exchange(
            String method, String path, BodyPublisher body, BodyHandler<T> handler, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return CLIENT.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String[] with(String[] headers, String name, String value) {
        String[] all = new String[headers.length + 2];
        all[0] = name;
        all[1] = value;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return all;
    }
}
