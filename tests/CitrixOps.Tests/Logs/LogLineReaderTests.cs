using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Logs.Reading;
using CsCheck;
using Xunit;

namespace CitrixOps.Tests.Logs;

public sealed class LogLineReaderTests
{
    [Fact]
    public void Lines_numbers_and_offsets_are_those_of_the_content() =>
        Gen.OneOf(Gen.Const("\n"), Gen.Const("\r\n"), Gen.Const("a"), Gen.String[Gen.Char['!', '~'], 0, 5000], Gen.Const("\0")).Array[0, 60].Sample(parts =>
        {
            var text = string.Concat(parts);
            var bytes = Encoding.Latin1.GetBytes(text);
            using var reader = new LogLineReader(new Dripping(bytes), "x");
            var lines = new List<string>();
            while (reader.Next())
            {
                lines.Add(Encoding.Latin1.GetString(reader.Line));
                Assert.Equal(lines.Count, reader.Number);
                Assert.Equal(lines[^1], Encoding.Latin1.GetString(bytes, (int)reader.Offset, reader.Line.Length));
            }

            var expected = text.Split('\n');
            Assert.Equal((text.EndsWith('\n') || text.Length == 0 ? expected[..^1] : expected).Select(l => l.EndsWith('\r') && l != expected[^1] ? l[..^1] : l), lines.Select(l => l));
        }, iter: 300);

    [Fact]
    public void A_line_beyond_the_limit_is_given_in_part_and_the_next_is_right()
    {
        var content = new byte[LogLineReader.LongestLine * 5];
        Array.Fill(content, (byte)'x');
        using var reader = new LogLineReader(new MemoryStream([.. content, (byte)'\n', (byte)'e', (byte)'n', (byte)'d']), "x");

        Assert.True(reader.Next());
        Assert.True(reader.Truncated);
        Assert.Equal(LogLineReader.LongestLine, reader.Line.Length);
        Assert.True(reader.Next());
        Assert.Equal("end", Encoding.Latin1.GetString(reader.Line));
        Assert.Equal(2, reader.Number);
        Assert.Equal(content.Length + 1, reader.Offset);
        Assert.False(reader.Next());
    }

    [Fact]
    public void A_stream_that_fails_gives_its_lines_first()
    {
        using var reader = new LogLineReader(new Failing("one\ntw"), "x");

        Assert.True(reader.Next());
        Assert.True(reader.Next());
        Assert.Equal("tw", Encoding.Latin1.GetString(reader.Line));
        Assert.False(reader.Next());
        Assert.Equal("ReadFailed", reader.Fault?.Id);
    }

    // gives a few bytes at a time
    private sealed class Dripping(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 7));

        public override int Read(Span<byte> buffer) => throw new NotSupportedException();
    }

    private sealed class Failing(string text) : MemoryStream(Encoding.Latin1.GetBytes(text))
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, count) is var read and > 0 ? read : throw new IOException("gone");
    }
}
