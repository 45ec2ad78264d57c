package dev.tally.report;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * Comma-separated values (RFC 4180) with a heading, columns in the order in which they are declared. Numbers are
 * written out, {@code 0.000828} and not {@code 8.28E-4}, so that {@code sort -n} and its like order them.
 */
final class Csv {
    static final CsvMapper MAPPER = CsvMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .addModule(new SimpleModule()
                    .addSerializer(Double.class, new WrittenOut())
                    .addSerializer(double.class, new WrittenOut()))
            .build();

    private Csv() {}

    /** {@return a writer of lines, by the components of their record} */
    static ObjectWriter writer(Class<? extends Record> line) {
        return writer(MAPPER.schemaFor(line));
    }

    /** {@return a heading and lines, each cell by its column's name; one that a line lacks is empty} */
    static byte[] write(Collection<String> names, List<Map<String, Object>> lines) {
        CsvSchema.Builder schema = CsvSchema.builder();
        names.forEach(schema::addColumn);
        return writer(schema.build()).writeValueAsBytes(lines);
    }

    private static ObjectWriter writer(CsvSchema schema) {
        return MAPPER.writer(schema.withHeader().withLineSeparator("\r\n"));
    }

    private static final class WrittenOut extends StdSerializer<Double> {
        WrittenOut() {
            super(Double.class);
        }

        @Override
        public void serialize(Double number, JsonGenerator generator, SerializationContext context) {
            if (Double.isFinite(number)) {
                generator.writeNumber(BigDecimal.valueOf(number));
            } else {
                generator.writeNumber(number);
            }
        }
    }
}
