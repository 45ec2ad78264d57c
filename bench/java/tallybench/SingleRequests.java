package tallybench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Posts the lecture's layer at a fixed rate, and times from when it should have been sent. */
final class SingleRequests implements Runnable {
    private static final String LAYER =
            "{\"input\": [28, 28, 192], \"layers\": [{\"type\": \"conv2d\", \"filters\": 32,"
                    + " \"kernel\": 5, \"padding\": \"same\"}]}";

    /** Tomcat closes a connection after a hundred. */
    private static final int REQUESTS_A_CONNECTION = 90;

    private static final Pattern HEAD = Pattern.compile("(?s)Content-Length: (\\d+)\r\n.*?\r\n\r\n");

    private final int port;
    private final long intervalNanos;
    private final List<Long> nanos = new ArrayList<>();
    private volatile boolean running = true;

    SingleRequests(int port, int aSecond) {
        this.port = port;
        this.intervalNanos = 1_000_000_000L / aSecond;
    }

    @Override
    public void run() {
        byte[] request = ("POST /v1/analyses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + LAYER.length() + "\r\n\r\n" + LAYER)
                .getBytes(ISO_8859_1);
        long due = System.nanoTime();
        while (running) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                for (int i = 0; i < REQUESTS_A_CONNECTION && running; i++, due += intervalNanos) {
                    for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                        LockSupport.parkNanos(early);
                    }
                    post(request, socket);
                    nanos.add(System.nanoTime() - due);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void post(byte[] request, Socket socket) throws IOException {
        byte[] answer = new byte[16 << 10];
        socket.getOutputStream().write(request);
        int length = 0;
        for (int more = 0; more >= 0 && !isWhole(answer, length); length += Math.max(0, more)) {
            more = socket.getInputStream().read(answer, length, answer.length - length);
        }
        String text = new String(answer, 0, length, UTF_8);
        if (!text.contains("\"multiplies\":120422400")) {
            throw new IllegalStateException(text);
        }
    }

    /** Tomcat sends the length, or chunks, of which the last is empty. */
    private static boolean isWhole(byte[] answer, int length) {
        String text = new String(answer, 0, length, ISO_8859_1);
        Matcher head = HEAD.matcher(text);
        return head.find() ? length - head.end() >= Integer.parseInt(head.group(1)) : text.endsWith("\r\n0\r\n\r\n");
    }

    void stop() {
        running = false;
    }

    String latencies() {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return "p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d)"
                .formatted(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1), sorted.length);
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * (sorted.length - 1))] / 1e6;
    }
}
