package dev.tally.web;

import org.springframework.web.util.HtmlUtils;

/** A plain page of HTML. */
final class Page {
    private Page() {}

    /** {@return the page}; the body is HTML already, the title is not. */
    static String of(String title, String body) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s · Tally</title>
                <style>
                body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; }
                pre { background: #8881; padding: 1rem; overflow-x: auto; }
                </style>
                </head>
                <body>
                <h1>%1$s</h1>
                %2$s
                </body>
                </html>
                """.formatted(escape(title), body);
    }

    static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
