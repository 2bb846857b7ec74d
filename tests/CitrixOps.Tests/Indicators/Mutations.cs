using System;
using System.Text;

namespace CitrixOps.Tests.Indicators;

/// <summary>Changes lines as attackers and relays do.</summary>
internal static class Mutations
{
    public static string Of(string line, string[] noise, Random random)
    {
        var text = new StringBuilder(line);
        for (var i = random.Next(5); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(6))
            {
                case 0: text.Insert(at, noise[random.Next(noise.Length)]); break;
                case 1: text.Remove(at, Math.Min(random.Next(4), text.Length - at)); break;
                case 2: text.Length = at; break;
                case 3 when at < text.Length: text[at] = (char)random.Next(256); break;
                case 4 when at < text.Length && text[at] > ' ':
                    var escape = "%" + ((int)text[at]).ToString("x2", System.Globalization.CultureInfo.InvariantCulture);
                    text.Remove(at, 1).Insert(at, escape);
                    break;
                case 5: text.Insert(at, random.Next(2) == 0 ? "#012" : text.ToString()); break;
            }
        }

        return text.Replace('\n', ' ').ToString();
    }
}
