package dev.tally.description;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads expressions such as {@code $width * 4} or {@code round($width * 3 / 4, 8)}:
 *
 * <pre>
 * sum     = product { ("+" | "-") product }
 * product = unary { ("*" | "/" | "%") unary }
 * unary   = [ "-" ] primary
 * primary = digits | "$" name | function "(" sum { "," sum } ")" | "(" sum ")"
 * </pre>
 */
final class ExpressionParser {
    /** Long enough for any size that people write; it bounds how deep parentheses nest. */
    static final int LONGEST = 200;

    private final String text;
    private final Set<String> parameters;
    private int at;

    private ExpressionParser(String text, Set<String> parameters) {
        this.text = text;
        this.parameters = parameters;
    }

    /**
     * {@return the expression that the text means}
     *
     * @param parameters the parameters that may stand in it
     * @throws IllegalArgumentException if it means none; the message says why
     */
    static Expression parse(String text, Set<String> parameters) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "an expression is at most " + LONGEST + " characters long, this one has " + text.length());
        }
        ExpressionParser parser = new ExpressionParser(text, parameters);
        Expression expression = parser.sum();
        if (parser.at < text.length()) {
            throw parser.unexpected("an operator or the end");
        }
        return expression;
    }

    private Expression sum() {
        Expression left = product();
        while (peek() == '+' || peek() == '-') {
            left = new Expression.Operation(next(), left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = unary();
        while (peek() == '*' || peek() == '/' || peek() == '%') {
            left = new Expression.Operation(next(), left, unary());
        }
        return left;
    }

    private Expression unary() {
        if (peek() == '-') {
            next();
            return new Expression.Negation(primary());
        }
        return primary();
    }

    private Expression primary() {
        char c = peek();
        if (c == '(') {
            next();
            Expression inner = sum();
            expect(')');
            return inner;
        }
        if (c == '$') {
            at++;
            return parameter(word());
        }
        if (c >= '0' && c <= '9') {
            return number();
        }
        if (at < text.length() && Character.isLetter(text.codePointAt(at))) {
            return call(word());
        }
        throw unexpected("a number, a parameter such as $width, or \"(\"");
    }

    private Expression parameter(String name) {
        if (!parameters.contains(name)) {
            List<String> known = parameters.stream()
                    .map(parameter -> "$" + parameter)
                    .sorted()
                    .toList();
            String help = NearestName.help("$" + name, known);
            if (name.equals(Scope.INDEX)) {
                help = "; it counts inside a layer that has \"repeat\"";
            } else if (help.isEmpty() && !known.isEmpty()) {
                help = "; known here: " + Quoted.list(known);
            }
            throw new IllegalArgumentException(
                    "the parameter $" + Quoted.shorten(name) + " is used but not given" + help);
        }
        return new Expression.Parameter(name);
    }

    private Expression number() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at < text.length() && (text.charAt(at) == '.' || Character.isLetter(text.charAt(at)))) {
            throw unexpected("an integer");
        }
        try {
            return new Expression.Constant(Long.parseLong(text, from, at, 10));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(Quoted.of(text.substring(from, at)) + " is over 2^63-1", e);
        }
    }

    private Expression call(String name) {
        Expression.Function function = Arrays.stream(Expression.Function.values())
                .filter(known -> id(known).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no function " + Quoted.of(name)
                        + "; there are min, max, round, scale. A parameter is written $" + Quoted.shorten(name)));
        expect('(');
        List<Expression> arguments = new ArrayList<>();
        arguments.add(sum());
        while (peek() == ',') {
            next();
            arguments.add(sum());
        }
        expect(')');
        if (arguments.size() != function.arguments()) {
            throw new IllegalArgumentException(
                    name + " takes " + function.arguments() + " arguments, got " + arguments.size());
        }
        return new Expression.Call(function, arguments);
    }

    private String word() {
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.codePointAt(at)) || text.charAt(at) == '_')) {
            at += Character.charCount(text.codePointAt(at));
        }
        return text.substring(from, at);
    }

    private char peek() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private void expect(char expected) {
        if (peek() != expected) {
            throw unexpected("\"" + expected + "\"");
        }
        at++;
    }

    private IllegalArgumentException unexpected(String expected) {
        String came = at < text.length() ? Quoted.of(Character.toString(text.codePointAt(at))) : "the end";
        return new IllegalArgumentException(
                "expected " + expected + " at character " + (at + 1) + " of " + Quoted.of(text) + ", got " + came);
    }

    private static String id(Expression.Function function) {
        return function.name().toLowerCase(Locale.ROOT);
    }
}
