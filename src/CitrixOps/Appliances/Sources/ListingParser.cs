using System;
using System.Collections.Generic;
using System.Globalization;

namespace CitrixOps.Appliances.Sources;

/// <summary>Reads the output of <c>ls -lR</c>: a folder's name and a colon, then its entries.</summary>
internal sealed class ListingParser
{
    private static readonly string[] Months = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    private static readonly char[] Blanks = { ' ', '\t' };

    private readonly DateTimeOffset? _listedAt;
    private string _folder = "/";

    /// <summary>Creates a parser.</summary>
    /// <param name="listedAt">When the listing was made: entries of the last months carry no year.</param>
    public ListingParser(DateTimeOffset? listedAt) => _listedAt = listedAt;

    /// <summary>Reads one line.</summary>
    /// <returns>A file or a folder, or null for headers, totals and anything else.</returns>
    public ArchiveEntry? Read(string line)
    {
        if (line.StartsWith("/", StringComparison.Ordinal) && line.EndsWith(":", StringComparison.Ordinal))
        {
            _folder = line.Substring(0, line.Length - 1).TrimEnd('/');
            return null;
        }

        if (line.Length < 20 || line[0] is not ('-' or 'd'))
        {
            return null;
        }

        // mode links owner group size month day time-or-year name; the name may hold blanks
        var fields = new List<string>(9);
        var position = 0;
        while (fields.Count < 8 && position < line.Length)
        {
            var end = line.IndexOfAny(Blanks, position);
            if (end < 0)
            {
                return null;
            }

            if (end > position)
            {
                fields.Add(line.Substring(position, end - position));
            }

            position = end + 1;
        }

        if (fields.Count < 8 || position >= line.Length || !long.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            return null;
        }

        var folder = line[0] == 'd';
        var name = line.Substring(position).TrimStart(Blanks);
        name = folder ? name.TrimEnd('/') : name;
        if (folder && name == "..")
        {
            return null;
        }

        return new ArchiveEntry
        {
            Name = name == "." ? _folder : _folder + "/" + name,
            Length = size,
            Mode = Mode(fields[0]),
            Owner = fields[2],
            Group = fields[3],
            Modified = Time(fields[5], fields[6], fields[7]),
            IsFile = !folder,
            IsFolder = folder,
        };
    }

    private static int? Mode(string text)
    {
        if (text.Length < 10)
        {
            return null;
        }

        var mode = 0;
        for (var i = 1; i < 10; i++)
        {
            mode = (mode << 1) | (text[i] is '-' or 'S' or 'T' ? 0 : 1);
        }

        mode |= text[3] is 's' or 'S' ? 0x800 : 0;
        mode |= text[6] is 's' or 'S' ? 0x400 : 0;
        return mode | (text[9] is 't' or 'T' ? 0x200 : 0);
    }

    private DateTimeOffset? Time(string monthName, string dayText, string timeOrYear)
    {
        var month = Array.IndexOf(Months, monthName) + 1;
        if (month == 0 || !int.TryParse(dayText, NumberStyles.None, CultureInfo.InvariantCulture, out var day) || day is < 1 or > 31)
        {
            return null;
        }

        var colon = timeOrYear.IndexOf(':');
        int year, hour = 0, minute = 0;
        if (colon < 0)
        {
            if (!int.TryParse(timeOrYear, NumberStyles.None, CultureInfo.InvariantCulture, out year) || year is < 1990 or > 2100)
            {
                return null;
            }
        }
        else if (_listedAt is { } listed
            && int.TryParse(timeOrYear.Substring(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out hour)
            && int.TryParse(timeOrYear.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out minute))
        {
            year = month > listed.Month ? listed.Year - 1 : listed.Year;
        }
        else
        {
            return null;
        }

        return day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60
            ? new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.Zero)
            : null;
    }
}
