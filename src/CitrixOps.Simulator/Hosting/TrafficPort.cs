using System.Net;

namespace CitrixOps.Simulator.Hosting;

/// <summary>Where a virtual server answers on this machine.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Port">Its port.</param>
/// <param name="IsInside">True where callers count as coming from inside.</param>
/// <param name="Source">The address callers count as.</param>
/// <param name="LocalPort">The port on 127.0.0.1.</param>
/// <param name="IsTls">True where it speaks TLS.</param>
public sealed record TrafficPort(string Address, int Port, bool IsInside, IPAddress Source, int LocalPort, bool IsTls);
