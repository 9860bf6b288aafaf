// SPDX-License-Identifier: Apache-2.0
// How Java folds each code point when it compares distinguished names: prints the code point and what becomes of it, in
// hexadecimal, for each that this version of Java knows. The name is CN=x?x?! with the code point for the marks.
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import javax.security.auth.x500.X500Principal;

public final class Fold {
	// What Java writes a backslash before.
	private static final String SPECIAL = ",+<>;\"\\";

	// SEQUENCE { SET { SEQUENCE { OBJECT IDENTIFIER 2.5.4.3, UTF8String } } }
	private static byte[] encode(byte[] value) {
		byte[] start = {0x30, (byte)(value.length + 11), 0x31, (byte)(value.length + 9), 0x30,
			(byte)(value.length + 7), 6, 3, 0x55, 4, 3, 12, (byte)value.length};
		byte[] name = java.util.Arrays.copyOf(start, start.length + value.length);

		System.arraycopy(value, 0, name, start.length, value.length);
		return name;
	}

	private static String fold(String c) {
		byte[] value = ("x" + c + "x" + c + "!").getBytes(StandardCharsets.UTF_8);
		String canonical = new X500Principal(encode(value)).getName(X500Principal.CANONICAL);

		return SPECIAL.contains(c) ? canonical.replace("\\" + c, c) : canonical;
	}

	public static void main(String[] arguments) throws IOException {
		try (PrintStream out = new PrintStream(new BufferedOutputStream(new FileOutputStream(arguments[0])))) {
			for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
				if (!Character.isDefined(c) || Character.getType(c) == Character.SURROGATE)
					continue;
				StringBuilder line = new StringBuilder(Integer.toHexString(0x1000000 + c).substring(1)).append(' ');
				fold(Character.toString(c)).substring("cn=".length()).codePoints()
					.forEach(folded -> line.append(Integer.toHexString(folded)).append('-'));
				out.println(line);
			}
			if (out.checkError())
				throw new IOException("cannot write " + arguments[0]);
		}
	}
}
