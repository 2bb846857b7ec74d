using System;

namespace CitrixOps.Access.Probing;

/// <summary>A way in that is to be tested.</summary>
/// <param name="Uri">Where.</param>
/// <param name="Gateway">The gateway, where it is known.</param>
/// <param name="Name">The virtual server, where it is known.</param>
/// <param name="IsUdp">True for DTLS.</param>
public sealed record AccessTarget(Uri Uri, string Gateway = "", string Name = "", bool IsUdp = false);
