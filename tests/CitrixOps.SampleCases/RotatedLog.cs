using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CitrixOps.SampleCases;

/// <summary>Writes lines as newsyslog leaves them: a live file and numbered gz files, newest is 0.</summary>
public static class RotatedLog
{
    /// <summary>Adds a log to a bundle.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="name">Name of the live file, below <c>var/log</c>.</param>
    /// <param name="lines">The lines, in any order.</param>
    /// <param name="linesPerFile">How many lines a file holds before it is turned over.</param>
    /// <param name="end">Modification time of the live file.</param>
    public static void Add(BundleBuilder bundle, string name, IEnumerable<Line> lines, int linesPerFile, DateTimeOffset end)
    {
        var ordered = lines.OrderBy(l => l.Time).ThenBy(l => l.Text, StringComparer.Ordinal).ToList();
        var files = ordered.Chunk(linesPerFile).ToList();
        for (var i = 0; i < files.Count; i++)
        {
            var text = string.Concat(files[i].Select(l => l.Text + "\n"));
            var rotation = files.Count - 2 - i;
            if (rotation < 0)
            {
                bundle.Add("var/log/" + name, text, end);
            }
            else
            {
                bundle.Add($"var/log/{name}.{rotation}.gz", BundleBuilder.Gzip(Encoding.Latin1.GetBytes(text)), files[i][^1].Time);
            }
        }

        if (files.Count == 0)
        {
            bundle.Add("var/log/" + name, "", end);
        }
    }
}
