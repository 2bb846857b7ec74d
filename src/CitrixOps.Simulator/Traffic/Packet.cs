using System.Net;

namespace CitrixOps.Simulator.Traffic;

/// <summary>A connection somebody tries.</summary>
/// <param name="Source">From where.</param>
/// <param name="Destination">To which address.</param>
/// <param name="Port">To which port.</param>
/// <param name="IsUdp">True for UDP (DTLS).</param>
/// <param name="Url">What is asked for where the connection comes about.</param>
/// <param name="Host">The host name that is asked for; empty where none is named.</param>
/// <param name="TrafficDomain">The traffic domain it arrives in.</param>
public sealed record Packet(IPAddress Source, IPAddress Destination, int Port, bool IsUdp = false, string Url = "/", string Host = "", int TrafficDomain = 0);
