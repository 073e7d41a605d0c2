// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "segment.h"

#ifdef Q_OS_UNIX
#include <arpa/inet.h>
#endif

using namespace Qt::StringLiterals;

QString SocketAddress::text() const
{
    char text[INET6_ADDRSTRLEN] = "";
    inet_ntop(version == 6 ? AF_INET6 : AF_INET, address.data(), text, sizeof text);
    return (version == 6 ? u"[%1]:%2"_s : u"%1:%2"_s).arg(QLatin1StringView(text)).arg(port);
}
