using System;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>Finds the places at which a request may be written otherwise than in plain, byte by byte: for machines without vectors.</summary>
internal sealed class EncodedBytes : IScan
{
    public void Mark(ReadOnlySpan<byte> data, RuleSelection found)
    {
        // no rule rests on it
    }

    public int Next(ReadOnlySpan<byte> data, int from)
    {
        for (var i = from; i < data.Length; i++)
        {
            if (data[i] is (byte)'/' or (byte)'%' or (byte)';' or (byte)'\\' && EncodedForms.StandsAt(data, i))
            {
                return i;
            }
        }

        return -1;
    }
}
