package dev.auditpolicy.unit.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * Splits a value into words and unquotes them, like {@code extract_first_word} of systemd with {@code EXTRACT_UNQUOTE} and
 * {@code EXTRACT_CUNESCAPE}. It works on bytes, because escapes make bytes.
 */
final class WordReader {

    private final byte[] text;
    private int position;

    WordReader(String text) {
        this.text = text.getBytes(UTF_8);
        skipSpaces();
    }

    static boolean isSpace(int character) {
        return character == ' ' || character == '\t' || character == '\n' || character == '\r';
    }

    boolean isAtEnd() {
        return position == text.length;
    }

    /** The next word; empty at the end. */
    Optional<String> next() throws UnitSyntaxException {
        if (isAtEnd()) {
            return Optional.empty();
        }
        var start = position;
        var word = word(false);
        if (word.isEmpty()) {
            // systemd warns and keeps the backslashes of this word that escape nothing.
            position = start;
            word = word(true);
        }
        skipSpaces();
        return Optional.of(decode(word.orElseThrow(() -> new UnitSyntaxException("has a quote that is not closed"))));
    }

    /** Skips {@code token} if it is the next word as it stands. */
    boolean skip(String token) {
        var end = position + token.length();
        if (end > text.length || (end < text.length && !isSpace(text[end]))) {
            return false;
        }
        for (var index = 0; index < token.length(); index++) {
            if (text[position + index] != token.charAt(index)) {
                return false;
            }
        }
        position = end;
        skipSpaces();
        return true;
    }

    /** Empty for an open quote, or for an escape that is none unless {@code keepsBackslashes}. */
    private Optional<byte[]> word(boolean keepsBackslashes) {
        var word = new ByteArrayOutputStream();
        var quote = 0;
        while (position < text.length && (quote != 0 || !isSpace(text[position]))) {
            var character = text[position];
            if (character == '\\') {
                var length = CharacterEscape.decode(text, position + 1, word);
                if (length == 0) {
                    if (!keepsBackslashes) {
                        return Optional.empty();
                    }
                    // Also what follows, be it a space. At the end of the text nothing does.
                    length = Math.min(1, text.length - position - 1);
                    word.write(text, position, 1 + length);
                }
                position += 1 + length;
            } else {
                position++;
                if (quote == 0 && (character == '"' || character == '\'')) {
                    quote = character;
                } else if (character == quote) {
                    quote = 0;
                } else {
                    word.write(character);
                }
            }
        }
        return quote == 0 ? Optional.of(word.toByteArray()) : Optional.empty();
    }

    private void skipSpaces() {
        while (position < text.length && isSpace(text[position])) {
            position++;
        }
    }

    private static String decode(byte[] bytes) throws UnitSyntaxException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException invalid) {
            throw new UnitSyntaxException("has an escape that is not UTF-8", invalid);
        }
    }
}
