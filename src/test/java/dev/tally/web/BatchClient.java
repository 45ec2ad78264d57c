package dev.tally.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A batch on a connection of its own, byte by byte: what no HTTP client would let a test do wrong. */
final class BatchClient implements Closeable {
    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private int sent;
    private int chunk;
    private boolean ended;

    private BatchClient(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Begins a batch, its body in chunks. */
    static BatchClient open(int port, String path) throws IOException {
        return open(port, path, "application/x-ndjson");
    }

    /** Begins a request whose answer is read line by line, its body in chunks. */
    static BatchClient open(int port, String path, String type) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(32 << 10); // so that who does not read stalls soon
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(60_000);
        BatchClient client = new BatchClient(socket);
        client.write("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n");
        return client;
    }

    /** Sends a piece of the body. */
    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(Integer.toHexString(bytes.length) + "\r\n");
        out.write(bytes);
        write("\r\n");
    }

    /** Sends pieces of the body, then ends it. Whoever sends much has another thread read. */
    void sendAll(Iterator<String> pieces) {
        try {
            while (pieces.hasNext()) {
                send(pieces.next());
                sent++;
            }
            end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return how many pieces were sent} */
    int sent() {
        return sent;
    }

    /** Ends the body. */
    void end() throws IOException {
        write("0\r\n\r\n");
    }

    /** Closes this side of the connection in the middle of the body. */
    void cutOff() throws IOException {
        socket.shutdownOutput();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** {@return the status and the headers} */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = rawLine(); !line.isEmpty(); line = rawLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    /** {@return the next line of the answer} */
    JsonNode line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = body(); b != '\n'; b = body()) {
            if (b < 0) {
                throw new EOFException("the answer ends in a line: " + line.toString(StandardCharsets.UTF_8));
            }
            line.write(b);
        }
        return JsonMapper.shared().readTree(line.toByteArray());
    }

    /** {@return the lines up to the summary, and that} */
    List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        do {
            lines.add(line());
        } while (!lines.getLast().has("summary"));
        return lines;
    }

    /** {@return whether the answer ends here, as HTTP has it} */
    boolean isEnded() throws IOException {
        return body() < 0;
    }

    private int body() throws IOException {
        if (chunk == 0 && !ended) {
            String size = rawLine();
            chunk = Integer.parseInt(size.isEmpty() ? rawLine() : size, 16);
            ended = chunk == 0;
        }
        if (ended) {
            return -1;
        }
        chunk--;
        return raw();
    }

    private String rawLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = raw(); b != '\n'; b = raw()) {
            line.append((char) b);
        }
        return line.toString().strip();
    }

    private int raw() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the connection was closed");
        }
        return b;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
