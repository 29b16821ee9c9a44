// Reads statements, one a line as oracle.cpp writes them, and says what the open parser of PartiQL makes of each:
//   ok | lexer | fault <text> <line> <column> | failure <exception>          with tabs between
import com.amazon.ion.system.IonSystemBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.partiql.lang.SqlException;
import org.partiql.lang.errors.Property;
import org.partiql.lang.errors.PropertyValue;
import org.partiql.lang.errors.PropertyValueMap;
import org.partiql.lang.syntax.LexerException;
import org.partiql.lang.syntax.SqlParser;

public final class OpenParser {
    private static long number(SqlException fault, Property property) {
        PropertyValueMap context = fault.getErrorContext();
        PropertyValue value = context == null ? null : context.get(property);
        return value == null ? 0 : value.longValue();
    }

    private static String read(String line) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < line.length(); ++i) {
            char c = line.charAt(i);
            if (c == '\\') {
                c = line.charAt(++i);
                c = c == 'n' ? '\n' : c == 'r' ? '\r' : c;
            }
            out.append(c);
        }
        return out.toString();
    }

    private static String answer(SqlParser parser, String statement) {
        try {
            parser.parseAstStatement(statement);
            return "ok";
        } catch (LexerException fault) {
            return "lexer";
        } catch (SqlException fault) {
            return "fault\t" + fault.getMessage().replace("\n", " ") + "\t" + number(fault, Property.LINE_NUMBER) + "\t"
                    + number(fault, Property.COLUMN_NUMBER);
        } catch (RuntimeException failure) {
            return "failure\t" + failure.toString().replace("\n", " ");
        }
    }

    public static void main(String[] arguments) throws Exception {
        SqlParser parser = new SqlParser(IonSystemBuilder.standard().build(), new ArrayList<>());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        for (String line = in.readLine(); line != null; line = in.readLine()) out.println(answer(parser, read(line)));
        out.flush();
    }
}
