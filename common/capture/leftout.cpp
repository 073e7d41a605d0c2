// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "leftout.h"

#include "packets/decoder.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <pcap/pcap.h>

using namespace Qt::StringLiterals;

namespace {

struct LeftOutStrings {
    Q_DECLARE_TR_FUNCTIONS(LeftOut)
};

constexpr std::array leftOutKinds{Decoded::Fragment,     Decoded::Cut,        Decoded::Malformed,  Decoded::Encrypted,
                                  Decoded::Encapsulated, Decoded::DeepTunnel, Decoded::UnknownLink};

/// %1: the number of packets, here 1 or more than 1. %2: more about them.
QString reasonOf(Decoded kind, bool isOne)
{
    switch (kind) {
    case Decoded::Fragment:
        return isOne ? LeftOutStrings::tr("%1 continues a fragmented packet")
                     : LeftOutStrings::tr("%1 continue fragmented packets");
    case Decoded::Cut:
        return isOne ? LeftOutStrings::tr("%1 was cut off before its TCP header")
                     : LeftOutStrings::tr("%1 were cut off before their TCP headers");
    case Decoded::Malformed:
        return isOne ? LeftOutStrings::tr("%1 has a damaged header") : LeftOutStrings::tr("%1 have damaged headers");
    case Decoded::Encrypted:
        return isOne ? LeftOutStrings::tr("%1 is encrypted") : LeftOutStrings::tr("%1 are encrypted");
    case Decoded::Encapsulated:
        return isOne ? LeftOutStrings::tr("%1 is encapsulated in a way that TCP Steps cannot read")
                     : LeftOutStrings::tr("%1 are encapsulated in a way that TCP Steps cannot read");
    case Decoded::DeepTunnel:
        return isOne ? LeftOutStrings::tr("%1 is in more than %2 tunnels")
                     : LeftOutStrings::tr("%1 are in more than %2 tunnels");
    case Decoded::UnknownLink:
        return isOne ? LeftOutStrings::tr("%1 has a link type that TCP Steps cannot read (%2)")
                     : LeftOutStrings::tr("%1 have a link type that TCP Steps cannot read (%2)");
    case Decoded::Segment:
    case Decoded::NotTcp:
        break;
    }
    return {};
}

QString linkName(int linkType)
{
    const char *name = pcap_datalink_val_to_name(linkType);
    return name ? QString::fromLatin1(name) : QString::number(linkType);
}

} // namespace

void LeftOut::add(Decoded kind, int linkType)
{
    ++m_counts[size_t(kind)];
    if (kind == Decoded::UnknownLink && m_unknownLink < 0)
        m_unknownLink = linkType;
}

quint32 LeftOut::total() const
{
    quint32 total = 0;
    for (const Decoded kind : leftOutKinds)
        total += count(kind);
    return total;
}

QString LeftOut::sentence() const
{
    QStringList reasons;
    for (const Decoded kind : leftOutKinds) {
        if (count(kind) == 0)
            continue;
        const QString reason = reasonOf(kind, count(kind) == 1);
        const QString packets = QLocale().toString(count(kind));
        if (kind == Decoded::DeepTunnel)
            reasons += reason.arg(packets, QString::number(Decoder::maxTunnels));
        else if (kind == Decoded::UnknownLink)
            reasons += reason.arg(packets, linkName(m_unknownLink));
        else
            reasons += reason.arg(packets);
    }
    const QString all = reasons.join(", "_L1);
    QStringList sentences;
    if (total() == 1)
        sentences += LeftOutStrings::tr("1 packet is left out: %1.").arg(all);
    else if (total() > 1)
        sentences += LeftOutStrings::tr("%1 packets are left out: %2.").arg(QLocale().toString(total()), all);
    if (m_dropped == 1)
        sentences += LeftOutStrings::tr("While capturing, 1 packet was dropped.");
    else if (m_dropped > 1)
        sentences += LeftOutStrings::tr("While capturing, %1 packets were dropped.").arg(QLocale().toString(m_dropped));
    if (!m_end.isEmpty())
        sentences += m_end + u'.';
    return sentences.join(u' ');
}
