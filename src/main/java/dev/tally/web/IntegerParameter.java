package dev.tally.web;

/** Parameters of a URL that are integers from 1 on: threads, the entries of a page. */
final class IntegerParameter {
    private IntegerParameter() {}

    /**
     * {@return the number that a parameter's text is}
     *
     * @throws InvalidParameterValueException if it is none from 1 to the most
     */
    static int of(String parameter, String text, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As what is out of range.
        }
        throw new InvalidParameterValueException(parameter, "an integer from 1 to " + most, text);
    }
}
