using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Files;

namespace CitrixOps.Appliances.Live;

/// <summary>The folders that file indicators look into, and how deep.</summary>
internal static class WatchedFolders
{
    private const int Deepest = 5;
    private static readonly char[] Special = { '*', '?', '[' };

    /// <summary>Folders with the number of levels below them that matter.</summary>
    public static IReadOnlyDictionary<string, int> Of(IEnumerable<FileIndicator> indicators)
    {
        var folders = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var pattern in indicators.Where(i => i.Live).SelectMany(i => i.Paths).Select(p => p.Text))
        {
            var fixedPart = pattern.IndexOfAny(Special) is var at && at >= 0 ? pattern.Substring(0, at) : pattern;
            var folder = fixedPart.Substring(0, Math.Max(0, fixedPart.LastIndexOf('/')));
            if (folder.Length == 0)
            {
                // a pattern over the whole disk cannot be asked for folder by folder
                continue;
            }

            var rest = pattern.Substring(folder.Length + 1);
            var depth = rest.Contains("**") ? Deepest : rest.Count(c => c == '/');
            folders[folder] = Math.Max(depth, folders.TryGetValue(folder, out var known) ? known : 0);
        }

        return folders.Where(f => !folders.Any(o => f.Key.StartsWith(o.Key + "/", StringComparison.Ordinal) && o.Value == Deepest)).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
    }
}
