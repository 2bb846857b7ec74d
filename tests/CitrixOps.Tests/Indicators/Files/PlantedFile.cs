using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Appliances;

namespace CitrixOps.Tests.Indicators.Files;

/// <summary>
/// One file of an appliance as a line writes it: <c>/var/tmp/x mode=4755 owner=root : content</c>. In the content <c>\n \r \t \\</c> and
/// <c>\x1f</c> are what they are in C, <c>\{0*100}</c> is a hundred noughts, and <c>~~</c> is nothing: it breaks texts that no file may hold whole.
/// </summary>
internal sealed class PlantedFile : ApplianceFile
{
    private readonly string _path;
    private readonly string[] _attributes;
    private readonly byte[]? _content;

    private PlantedFile(string path, string[] attributes, byte[]? content) => (_path, _attributes, _content) = (path, attributes, content);

    public override string SourcePath => _path;

    public override string? Member => null;

    public override string? AppliancePath => _path;

    public override string Name => _path[(_path.LastIndexOf('/') + 1)..];

    public override long? Length => Value("size") is { } size ? long.Parse(size, CultureInfo.InvariantCulture) : _content?.Length;

    public override DateTimeOffset? Modified => Value("modified") is { } day ? DateTimeOffset.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    public override int? Mode => Value("mode") is { } mode ? Convert.ToInt32(mode, 8) : null;

    public override string? Owner => Value("owner");

    public override string? Group => Value("group");

    public override bool HasContent => _content is not null;

    public override bool IsFolder => _attributes.Contains("folder");

    /// <summary>Whether the content stands for one whose hash is known: nobody can write a file with the hash of another.</summary>
    public bool StandsForHash => _attributes.Contains("hash");

    /// <summary>The content.</summary>
    public byte[] Content => _content ?? [];

    public static PlantedFile Parse(string line)
    {
        var (head, content) = line.IndexOf(" : ", StringComparison.Ordinal) is var at && at < 0 ? (line, null) : (line[..at], line[(at + 3)..]);
        var words = head.Split(' ');
        return new PlantedFile(words[0], words[1..], content is null ? null : Text(content));
    }

    public PlantedFile At(string path) => new(path, _attributes, _content);

    public PlantedFile With(byte[] content) => new(_path, _attributes, content);

    public PlantedFile With(string content) => With(Encoding.Latin1.GetBytes(content));

    public override Stream OpenRead() => new MemoryStream(_content!);

    private string? Value(string name) => _attributes.FirstOrDefault(a => a.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static byte[] Text(string written)
    {
        var text = new StringBuilder();
        for (var i = 0; i < written.Length; i++)
        {
            var next = i + 1 < written.Length ? written[i + 1] : '\0';
            if (written[i] == '~' && next == '~')
            {
                i++;
            }
            else if (written[i] != '\\')
            {
                text.Append(written[i]);
            }
            else if (next == 'x')
            {
                text.Append((char)Convert.ToInt32(written.Substring(i + 2, 2), 16));
                i += 3;
            }
            else if (next == '{')
            {
                var end = written.IndexOf('}', i);
                text.Append(written[i + 2], int.Parse(written[(i + 4)..end], CultureInfo.InvariantCulture));
                i = end;
            }
            else
            {
                text.Append(next switch { 'n' => '\n', 'r' => '\r', 't' => '\t', _ => next });
                i++;
            }
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
