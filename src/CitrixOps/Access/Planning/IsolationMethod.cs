namespace CitrixOps.Access.Planning;

/// <summary>How access is cut.</summary>
public enum IsolationMethod
{
    /// <summary>Chosen by topology: access lists, or virtual servers where clients arrive behind one address.</summary>
    Auto,

    /// <summary>Access lists: at the packet, before TLS and HTTP; networks can stay in.</summary>
    Acl,

    /// <summary>Virtual servers are disabled: closed for everybody.</summary>
    VirtualServer,

    /// <summary>Responder policies: per request, after TLS and HTTP were parsed.</summary>
    Responder,

    /// <summary>IPv4 addresses of virtual servers are disabled: closed for everybody.</summary>
    VipAddress,
}
