// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "radiotapfields.h"

#include <QtEndian>

#include <array>

namespace {

enum RadiotapBit {
    TimerBit = 0,
    FlagsBit = 1,
    RateBit = 2,
    ChannelBit = 3,
    HoppingBit = 4,
    SignalBit = 5,
    NoiseBit = 6,
    QualityBit = 7,
    AttenuationBit = 8,
    DbAttenuationBit = 9,
    PowerBit = 10,
    AntennaBit = 11,
    DbSignalBit = 12,
    DbNoiseBit = 13,
    ReceiveFlagsBit = 14,
    WideChannelBit = 18,
    McsBit = 19,
    AggregateBit = 20,
    VhtBit = 21,
    RadiotapNamespaceBit = 29,
    VendorNamespaceBit = 30,
    MoreBit = 31,
};

/// In bytes; an alignment of 0: unknown. The attenuation in dB has two bytes, but tcpdump reads one.
struct FieldShape {
    quint32 size = 0;
    quint32 alignment = 0;
};

FieldShape shapeOf(int bit)
{
    static constexpr std::array<FieldShape, 22> shapes{{{8, 8}, {1, 1}, {1, 1}, {4, 2}, {2, 1}, {1, 1}, {1, 1}, {2, 2},
                                                        {2, 2}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {2, 2}, {},
                                                        {},     {},     {8, 4}, {3, 1}, {8, 4}, {12, 2}}};
    return size_t(bit) < shapes.size() ? shapes[size_t(bit)] : FieldShape();
}

quint16 le16(const uchar *at)
{
    return qFromLittleEndian<quint16>(at);
}

QByteArray decimal(qint64 number)
{
    return QByteArray::number(number);
}

/// 55: "5.5"
QByteArray tenths(quint32 number)
{
    return decimal(number / 10) + '.' + decimal(number % 10);
}

QByteArray channelText(quint16 mhz, quint32 flags)
{
    enum Flag : quint32 { Turbo = 0x10, Cck = 0xa0, FiveGhz = 0x140, TwoGhzOfdm = 0xc0, Dynamic = 0x480, Hops = 0x880 };
    QByteArray text = decimal(mhz) + " MHz";
    const auto has = [flags](quint32 all) { return (flags & all) == all; };
    if (has(Hops))
        text += " FHSS";
    if (has(FiveGhz) || has(TwoGhzOfdm) || has(Dynamic)) {
        text += has(FiveGhz) ? " 11a" : " 11g";
        text += has(0x4000) ? "/10Mhz" : has(0x8000) ? "/5Mhz" : "";
    } else if (has(Cck)) {
        text += " 11b";
    }
    if (has(Turbo))
        text += " Turbo";
    if (has(0x10000))
        text += " ht/20";
    else if (has(0x40000))
        text += " ht/40-";
    else if (has(0x20000))
        text += " ht/40+";
    return text + ' ';
}

QByteArray flagsText(quint8 flags)
{
    QByteArray text;
    text += (flags & 0x01) != 0 ? "cfp " : "";
    text += (flags & 0x02) != 0 ? "short preamble " : "";
    text += (flags & 0x04) != 0 ? "wep " : "";
    text += (flags & 0x08) != 0 ? "fragmented " : "";
    text += (flags & 0x40) != 0 ? "bad-fcs " : "";
    return text;
}

/// The rate of IEEE 802.11n, table 20-30 and those after it, in 100 kb/s. 0: unknown; indexes from
/// 32 on (streams with different modulations) are not used.
quint32 htRate(quint8 index, bool isWide, bool isShortGuard)
{
    static constexpr std::array<quint32, 8> narrow{65, 130, 195, 260, 390, 520, 585, 650};
    static constexpr std::array<quint32, 8> wide{135, 270, 405, 540, 810, 1080, 1215, 1350};
    if (index >= 32)
        return 0;
    const quint32 rate = (isWide ? wide : narrow)[index % 8] * (index / 8U + 1);
    return isShortGuard ? (rate * 20 + 9) / 18 : rate;
}

QByteArray mcsText(quint8 known, quint8 flags, quint8 index)
{
    enum Known : quint8 { Bandwidth = 1, Index = 2, Guard = 4, Format = 8, Fec = 16, Stbc = 32 };
    static constexpr std::array bandwidths{"20 MHz", "40 MHz", "20 MHz (L)", "20 MHz (U)"};
    const bool isShortGuard = (flags & 0x04) != 0;
    QByteArray text;
    if ((known & Index) != 0) {
        constexpr quint8 all = Bandwidth | Index | Guard;
        const quint32 rate = htRate(index, (flags & 3) == 1, isShortGuard);
        if ((known & all) == all && rate != 0)
            text += tenths(rate) + " Mb/s ";
        text += "MCS " + decimal(index) + ' ';
    }
    if ((known & Bandwidth) != 0)
        text += QByteArray(bandwidths[flags & 3]) + ' ';
    if ((known & Guard) != 0)
        text += isShortGuard ? "short GI " : "long GI ";
    if ((known & Format) != 0)
        text += (flags & 0x08) != 0 ? "greenfield " : "mixed ";
    if ((known & Fec) != 0)
        text += (flags & 0x10) != 0 ? "LDPC FEC " : "BCC FEC ";
    if ((known & Stbc) != 0)
        text += "RX-STBC" + decimal(flags >> 5 & 3) + ' ';
    return text;
}

/// at: the field, 12 bytes, with what is known of up to four users.
QByteArray vhtText(const uchar *at)
{
    enum Known : quint16 { Guard = 0x04, Bandwidth = 0x40 };
    static constexpr std::array bandwidths{
        "20 MHz",        "40 MHz",        "20 MHz (L)",    "20 MHz (U)",    "80 MHz",        "80 MHz (L)",
        "80 MHz (U)",    "80 MHz (LL)",   "80 MHz (LU)",   "80 MHz (UL)",   "80 MHz (UU)",   "160 MHz",
        "160 MHz (L)",   "160 MHz (U)",   "160 MHz (LL)",  "160 MHz (LU)",  "160 MHz (UL)",  "160 MHz (UU)",
        "160 MHz (LLL)", "160 MHz (LLU)", "160 MHz (LUL)", "160 MHz (LUU)", "160 MHz (ULL)", "160 MHz (ULU)",
        "160 MHz (UUL)", "160 MHz (UUU)"};
    const quint16 known = le16(at);
    const quint8 bandwidth = at[3] & 0x1f;
    QByteArray text;
    for (int user = 0; user < 4; ++user) {
        const quint8 rate = at[4 + user];
        if ((rate & 0x0f) == 0) // streams
            continue;
        text += "User " + decimal(user) + " MCS " + decimal(rate >> 4) + ' ' +
                ((at[8] >> user & 1) != 0 ? "LDPC" : "BCC") + " FEC ";
    }
    if ((known & Bandwidth) != 0)
        text += (bandwidth < bandwidths.size() ? QByteArray(bandwidths[bandwidth])
                                               : "unknown (" + decimal(bandwidth) + ')') +
                ' ';
    if ((known & Guard) != 0)
        text += (at[2] & 0x04) != 0 ? "short GI " : "long GI ";
    return text;
}

QByteArray textOf(int bit, const uchar *at)
{
    switch (bit) {
    case TimerBit:
        return QByteArray::number(qFromLittleEndian<quint64>(at)) + "us tsft ";
    case FlagsBit:
        return flagsText(*at);
    case RateBit: // with the highest bit, it is an index into 802.11n's rates
        return *at >= 0x80 && *at <= 0x8f ? "MCS " + decimal(*at & 0x7f) + ' ' : tenths(*at * 5U) + " Mb/s ";
    case ChannelBit:
        return channelText(le16(at), le16(at + 2));
    case HoppingBit:
        return "fhset " + decimal(at[0]) + " fhpat " + decimal(at[1]) + ' ';
    case SignalBit:
        return decimal(qint8(*at)) + "dBm signal ";
    case NoiseBit:
        return decimal(qint8(*at)) + "dBm noise ";
    case QualityBit:
        return decimal(le16(at)) + " sq ";
    case AttenuationBit:
        return decimal(-qint64(le16(at))) + " tx power ";
    case DbAttenuationBit:
        return decimal(-int(*at)) + "dB tx attenuation ";
    case PowerBit:
        return decimal(qint8(*at)) + "dBm tx power ";
    case AntennaBit:
        return "antenna " + decimal(*at) + ' ';
    case DbSignalBit:
        return decimal(*at) + "dB signal ";
    case DbNoiseBit:
        return decimal(*at) + "dB noise ";
    case WideChannelBit:
        return channelText(le16(at + 4), qFromLittleEndian<quint32>(at));
    case McsBit:
        return mcsText(at[0], at[1], at[2]);
    case VhtBit:
        return vhtText(at);
    default: // ReceiveFlagsBit, AggregateBit
        return {};
    }
}

/// Reads the fields of one word of bits, and moves at behind them. False: the rest cannot be read.
bool readFields(quint32 bits, const uchar *header, quint32 headerBytes, quint32 &at, RadiotapFields &to)
{
    for (int bit = 0; bit < RadiotapNamespaceBit; ++bit) {
        if ((bits >> bit & 1) == 0)
            continue;
        const FieldShape shape = shapeOf(bit);
        if (shape.alignment == 0) {
            to.text += "[bit " + decimal(bit) + "] ";
            return false;
        }
        at = (at + shape.alignment - 1) & ~(shape.alignment - 1);
        if (at + shape.size > headerBytes) {
            to.text += " [|802.11_radio]";
            return false;
        }
        to.text += textOf(bit, header + at);
        if (bit == FlagsBit) {
            to.isPadded = (header[at] & 0x20) != 0;
            to.hasCheckSequence = (header[at] & 0x10) != 0;
        }
        at += shape.size;
    }
    return true;
}

} // namespace

RadiotapFields RadiotapFields::of(const uchar *header, quint32 headerBytes)
{
    constexpr quint32 firstWordAt = 4;
    constexpr quint32 wordBytes = 4;
    const auto word = [header](quint32 at) { return qFromLittleEndian<quint32>(header + at); };
    RadiotapFields fields;
    quint32 end = firstWordAt;
    while ((word(end) >> MoreBit & 1) != 0) {
        end += wordBytes;
        if (end + wordBytes > headerBytes)
            return fields;
    }
    quint32 at = end + wordBytes;
    for (quint32 wordAt = firstWordAt; wordAt <= end; wordAt += wordBytes) {
        const quint32 bits = word(wordAt);
        if (!readFields(bits, header, headerBytes, at, fields) || (bits >> RadiotapNamespaceBit & 1) == 0)
            break; // what follows is a vendor's, or unknown
    }
    return fields;
}
