// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/tunnel.h"

#include <QByteArray>

/// The last field of a row for a segment: the tunnel that the segment came through. tunnel: Segment::tunnel. Pure.
namespace TunnelField {

inline QByteArray csv(quint32 tunnel) ///< empty: none
{
    const QLatin1StringView name = Tunnel::name(tunnel);
    return {name.data(), name.size()};
}

/// The end of the JSON object, with the field if there is a tunnel.
inline QByteArray jsonEnd(quint32 tunnel)
{
    return tunnel == 0 ? "}\n" : ",\"tunnel\":\"" + csv(tunnel) + "\"}\n";
}

} // namespace TunnelField
