// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connectionoptions.h"

#include "optionreader.h"

using namespace Qt::StringLiterals;

namespace {

struct ConnectionStrings {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace

void ConnectionOptions::add(OptionReader &reader)
{
    reader.add({u"from"_s},
               ConnectionStrings::tr("Connect from this address or port: 127.0.0.2, 127.0.0.2:5000, [::1]:5000, :5000"),
               u"ADDRESS:PORT"_s);
    reader.add({u"4"_s, u"ipv4"_s}, ConnectionStrings::tr("Connect only to IPv4 addresses"));
    reader.add({u"6"_s, u"ipv6"_s}, ConnectionStrings::tr("Connect only to IPv6 addresses"));
    reader.add({u"reconnect"_s},
               ConnectionStrings::tr("Connect again MS after the peer has closed or reset, or was not reached"),
               u"MS"_s);
    reader.add({u"nagle"_s}, ConnectionStrings::tr("Let the system collect small messages (without TCP_NODELAY)"));
    reader.add({u"keep-alive"_s},
               ConnectionStrings::tr("Probe a silent connection (SO_KEEPALIVE): after IDLE seconds, every INTERVAL "
                                     "seconds, and give up after so many PROBES"),
               u"IDLE,INTERVAL,PROBES"_s);
    reader.add({u"send-buffer"_s},
               ConnectionStrings::tr("Ask the system for a send buffer (SO_SNDBUF): 65536, 64K, 1M"), u"BYTES"_s);
    reader.add({u"receive-buffer"_s},
               ConnectionStrings::tr("Ask the system for a receive buffer (SO_RCVBUF): 65536, 64K, 1M"), u"BYTES"_s);
}

void ConnectionOptions::read(OptionReader &reader)
{
    reader.read("from"_L1, ConnectionStrings::tr("an address, address:port or :port of this machine"), from,
                Endpoint::parseLocalEnd);
    if (reader.isSet("4"_L1) && reader.isSet("6"_L1))
        ipVersion = QAbstractSocket::AnyIPProtocol;
    else if (reader.isSet("4"_L1))
        ipVersion = QAbstractSocket::IPv4Protocol;
    else if (reader.isSet("6"_L1))
        ipVersion = QAbstractSocket::IPv6Protocol;
    reader.read("reconnect"_L1, ConnectionStrings::tr("milliseconds from 1"), reconnectMs, [](const QString &text) {
        bool isNumber = false;
        const int ms = text.toInt(&isNumber);
        return isNumber && ms >= 1 ? std::optional(ms) : std::nullopt;
    });
    if (reader.isSet("nagle"_L1))
        hasNoDelay = false;
    reader.read("keep-alive"_L1,
                ConnectionStrings::tr("three numbers from 1, such as 60,10,5: seconds, seconds and a number of probes"),
                keepAlive, SocketOptions::parseKeepAlive);
    const QString size = ConnectionStrings::tr("a size from 1 to 1024M, such as 65536 or 64K");
    reader.read("send-buffer"_L1, size, sendBufferBytes, SocketOptions::parseBufferBytes);
    reader.read("receive-buffer"_L1, size, receiveBufferBytes, SocketOptions::parseBufferBytes);
}
