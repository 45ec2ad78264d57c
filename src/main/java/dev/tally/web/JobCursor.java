package dev.tally.web;

import dev.tally.job.Job;
import dev.tally.job.Place;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Where a page of jobs ends, as text that clients send back and do not read. */
record JobCursor(Place place) {
    private static final int LONGEST = 200;

    /** {@return the cursor of a page that ends with a job} */
    static JobCursor after(Job job) {
        return new JobCursor(new Place(job.createdAt(), job.id()));
    }

    String text() {
        String plain = place.createdAt() + " " + place.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return the cursor that some text is}
     *
     * @throws IllegalArgumentException if it is none
     */
    static JobCursor of(String text) {
        try {
            if (text.length() <= LONGEST) {
                String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                int space = plain.indexOf(' ');
                if (space > 0 && JobController.isId(plain.substring(space + 1))) {
                    return new JobCursor(
                            new Place(Instant.parse(plain.substring(0, space)), plain.substring(space + 1)));
                }
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // said below
        }
        throw new IllegalArgumentException("the \"next\" of an answer before");
    }
}
