package dev.auditpolicy.policy;

import static java.util.Objects.requireNonNull;

import java.text.Normalizer;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Characters that a reader does not see or takes for others: they come from word processors, web pages and chats. YAML reads
 * them as part of a name.
 */
public final class LookAlikes {

    /** Letters of other scripts with the shape of a Latin one. */
    private static final Map<Integer, Character> LETTERS = Map.ofEntries(
            Map.entry(0x0430, 'a'),
            Map.entry(0x0441, 'c'),
            Map.entry(0x0435, 'e'),
            Map.entry(0x0456, 'i'),
            Map.entry(0x0458, 'j'),
            Map.entry(0x043e, 'o'),
            Map.entry(0x03bf, 'o'),
            Map.entry(0x0440, 'p'),
            Map.entry(0x0455, 's'),
            Map.entry(0x0445, 'x'),
            Map.entry(0x0443, 'y'),
            Map.entry(0x04cf, 'l'));

    private LookAlikes() {}

    /** Such as {@code U+2013 (EN DASH)}; empty if there is no such character. */
    public static Optional<String> describe(String text) {
        boolean letters = hasForeignLetters(text);
        return text.codePoints()
                .filter(character -> !plain(character, letters).equals(Character.toString(character)))
                .mapToObj(character -> "U+%04X (%s)".formatted(character, Character.getName(character)))
                .findFirst();
    }

    /** The text as it was probably meant. */
    public static String plain(String text) {
        boolean letters = hasForeignLetters(text);
        return text.codePoints()
                .mapToObj(character -> plain(character, letters))
                .collect(Collectors.joining());
    }

    /** Whether a word is written in Latin letters with look-alikes among them; one in another script is a name. */
    private static boolean hasForeignLetters(String text) {
        return text.chars().anyMatch(character -> character < 0x80 && Character.isLetter(character))
                && text.codePoints()
                        .mapToObj(character -> plain(character, true))
                        .allMatch(plain -> plain.chars().allMatch(character -> character < 0x80));
    }

    private static String plain(int character, boolean letters) {
        if (character < 0x80) {
            return Character.isISOControl(character) && character != '\t' && character != '\n'
                    ? ""
                    : Character.toString(character);
        }
        if (letters && LETTERS.containsKey(character)) {
            return Character.toString(requireNonNull(LETTERS.get(character)));
        }
        return switch (Character.getType(character)) {
            case Character.FORMAT, Character.CONTROL -> "";
            case Character.DASH_PUNCTUATION -> "-";
            case Character.SPACE_SEPARATOR -> " ";
            case Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION -> "\"";
            default -> ascii(character);
        };
    }

    /** Full-width and other compatibility forms of ASCII characters. */
    private static String ascii(int character) {
        String original = Character.toString(character);
        String form = Normalizer.normalize(original, Normalizer.Form.NFKC);
        return form.chars().allMatch(one -> one < 0x80) ? form : original;
    }
}
