package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.Serial;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Reads and writes an {@link Instant} as an RFC 3339 string in UTC, regardless of the ObjectMapper's modules. As in
 * metav1.Time, the precision is a second: the records truncate it, so that an object equals what is read back.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
@JacksonAnnotationsInside
@JsonSerialize(using = ToStringSerializer.class)
@JsonDeserialize(using = DateTime.Deserializer.class)
public @interface DateTime {

    /** Reads RFC 3339 with any offset. */
    final class Deserializer extends FromStringDeserializer<Instant> {

        @Serial
        private static final long serialVersionUID = 1;

        private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

        Deserializer() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String value, DeserializationContext context) throws IOException {
            try {
                var time = Instant.parse(value);
                return isWritable(time)
                        ? time
                        : (Instant) context.handleWeirdStringValue(Instant.class, value, "not a year from 1 to 9999");
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, value, "%s", e.getMessage());
            }
        }

        /** Its offset can move a time out of the years that RFC 3339 can express in UTC. */
        private static boolean isWritable(Instant time) {
            return !time.isBefore(FIRST) && !time.isAfter(LAST);
        }
    }
}
