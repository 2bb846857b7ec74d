using System.IO;
using System.Text;

namespace CitrixOps.Appliances.Sources;

/// <summary>Reads text lines without trusting their length: the framework's reader would put a line of gigabytes into memory.</summary>
internal static class BoundedLine
{
    /// <summary>Reads a line; what exceeds the limit is dropped.</summary>
    /// <returns>The line without its end, or null at the end of the text.</returns>
    public static string? Read(TextReader reader, int limit)
    {
        var line = new StringBuilder();
        var any = false;
        for (var c = reader.Read(); c >= 0; c = reader.Read())
        {
            any = true;
            if (c == '\n')
            {
                break;
            }

            if (c != '\r' && line.Length < limit)
            {
                line.Append((char)c);
            }
        }

        return any ? line.ToString() : null;
    }
}
