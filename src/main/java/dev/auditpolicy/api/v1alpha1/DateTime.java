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

        Deserializer() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String value, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(value);
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, value, "%s", e.getMessage());
            }
        }
    }
}
