// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/framer.h"
#include "input.h"

#include <QList>

#include <array>
#include <limits>

using Fuzz::check;

namespace {

constexpr qsizetype shortStream = 4 * 1024;
/// A stream of this size is neither fed byte by byte nor cut into small messages.
constexpr qsizetype longStream = 256 * 1024;

/// What happens to a framer, according to the input.
struct Action {
    enum class Kind { Append, SetFraming, TakeRest };
    Kind kind = Kind::Append;
    QByteArray bytes;
    Framing framing = Framing::Nul;
};

struct Scenario {
    Framing framing = Framing::Nul;
    qsizetype limit = 1;
    QByteArray cuts; ///< sizes of pieces, used in turn
    QList<Action> actions;
    qsizetype size = 0; ///< size of the whole stream

    bool isLong() const { return limit > 128; }
};

/// Markers and sizes are small, so that short inputs contain whole messages.
Framing framingFrom(int byte)
{
    static const std::array framings = [] {
        std::array<Framing, 32> all{Framing::Nul, Framing::Newline, Framing::None, Framing::CrLf};
        size_t at = 4;
        for (const char *text :
             {"end:03",         "end:0102",        "end:010102",      "end:010101",    "end:0d0a2e0d0a",
              "between:02,03",  "between:0202,03", "between:02,0303", "between:7e,7e", "between:0102,0201",
              "fixed:1",        "fixed:3",         "fixed:200",       "length:1",      "length:1+3",
              "length:1-2",     "length:1@1",      "length:2be",      "length:2le",    "length:2be-2",
              "length:2le@3+1", "length:4be",      "length:4le@1-1",  "length:8be",    "length:8le+9",
              "length:8be@2-9", "silence:20",      "silence:1"})
            all[at++] = Framing::parse(QString::fromLatin1(text)).value();
        return all;
    }();
    return framings[size_t(byte) % framings.size()];
}

Scenario scenarioFrom(Fuzz::Input input)
{
    Scenario scenario;
    scenario.framing = framingFrom(input.byte());
    const int limit = input.byte();
    scenario.limit = limit < 128 ? 1 + limit : (limit - 127) * 512;
    scenario.cuts = input.bytes(3).toByteArray();
    while (!input.isEmpty()) {
        const int head = input.byte();
        const int value = head / 4;
        Action action;
        switch (head % 4) {
        case 0:
            action.bytes = input.bytes(value + 1).toByteArray();
            break;
        case 1: // enough to make the framer move its buffer
            action.bytes = QByteArray(value * 1024, 'x');
            break;
        case 2:
            action.kind = Action::Kind::SetFraming;
            action.framing = framingFrom(value);
            break;
        default:
            action.kind = Action::Kind::TakeRest;
        }
        if (scenario.size + action.bytes.size() > (scenario.isLong() ? longStream : shortStream))
            break;
        scenario.size += action.bytes.size();
        scenario.actions.append(action);
    }
    scenario.actions.append({Action::Kind::TakeRest, {}, {}});
    return scenario;
}

struct Taken {
    QByteArray payload;
    Framing framing = Framing::Nul;
    bool skipped = false;
    bool unterminated = false;
    bool part = false;
    bool last = true;
    bool operator==(const Taken &) const = default;
};

/// A framer, together with checks of what must hold at any time for its input and output.
class CheckedFramer
{
public:
    CheckedFramer(Framing framing, qsizetype limit)
        : m_framer(framing, limit)
        , m_limit(limit)
    {
    }

    void append(QByteArrayView bytes)
    {
        m_framer.append(bytes.toByteArray());
        m_in.append(bytes);
        takeAll();
    }

    void setFraming(Framing framing)
    {
        m_framer.setFraming(framing);
        takeAll();
    }

    void takeRest()
    {
        while (const auto message = m_framer.takeRest()) {
            const Framing::Kind kind = m_framer.framing().kind();
            const bool needsEnd = kind != Framing::Kind::None && kind != Framing::Kind::Silence;
            check(message->isUnterminated == (needsEnd && message->isLast && !message->isSkipped),
                  "the rest has no terminator");
            took(*message);
        }
        check(m_framer.bufferedBytes() == 0, "nothing is left of the rest");
    }

    const QByteArray &in() const { return m_in; }
    qsizetype out() const { return m_out; }
    const QList<Taken> &messages() const { return m_messages; }

private:
    void takeAll()
    {
        while (const auto message = m_framer.next()) {
            checkOddLength();
            check(!message->isUnterminated, "next() gives whole messages");
            took(*message);
        }
        checkOddLength();
        check(m_framer.bufferedBytes() == m_in.size() - m_out, "what has not come out is buffered");
        const Framing &framing = m_framer.framing();
        const Framing::LengthField &field = framing.lengthField();
        const qsizetype header = field.offset + field.width;
        check(m_framer.bufferedBytes() <= m_limit + framing.beginMarker().size() + framing.endMarker().size() + header,
              "no more than the limit waits");
        check(m_framer.endsWithNewline() == (m_framer.bufferedBytes() > 0 && m_in.endsWith('\n')),
              "endsWithNewline() speaks of what waits");
    }

    /// A length that cannot be makes the framing None.
    void checkOddLength()
    {
        if (const auto odd = m_framer.takeOddLength()) {
            check(odd->isImpossible == (m_framer.framing() == Framing::None), "an impossible length ends the framing");
            check(odd->isImpossible || odd->bytes + 16 > m_limit, "an odd length is over the limit");
        }
    }

    void took(const FramedMessage &message)
    {
        const Framing framing = m_framer.framing();
        const QByteArray payload = message.payload.toByteArray();
        const QByteArray wire = m_in.sliced(m_out, message.bytes);
        check(payload.size() <= m_limit, "no message is above the limit");
        check(message.isLast || payload.size() == m_limit, "a part is as long as the limit");
        const QByteArray end = endOf(message, framing).toByteArray();
        const qsizetype at = wire.size() - payload.size() - end.size();
        check(at >= 0 && wire.sliced(at) == payload + end, "the payload lies in the stream");
        if (message.isSkipped) {
            check(at == 0 && framing.kind() == Framing::Kind::Between && !message.isPart, "skipped bytes are alone");
        } else {
            check(message.isPart == (m_inParts || !message.isLast), "a part is what parts follow or precede");
            check(message.isFirst == !m_inParts, "the first part follows a whole message");
            m_inParts = !message.isLast;
        }
        check(!framing.hasEndMarker() || message.isSkipped || !payload.contains(framing.endMarker()),
              "a message does not contain its terminator");
        const bool isWhole = message.isLast && !message.isPart && !message.isUnterminated && !message.isSkipped;
        if (isWhole && Framer::refusal(payload, framing).isEmpty()) {
            check(Framer::framed(payload, framing) == wire, "a message that is sent is the same on the wire");
            check(Framer::count(payload, framing) == 1, "and one message");
        }
        m_out += message.bytes;
        // With None, the reads determine what is one message without a terminator.
        if (framing == Framing::None && !m_messages.isEmpty() && m_messages.last().framing == Framing::None)
            m_messages.last().payload += payload;
        else
            m_messages.append(
                {payload, framing, message.isSkipped, message.isUnterminated, message.isPart, message.isLast});
    }

    static QByteArrayView endOf(const FramedMessage &message, const Framing &framing)
    {
        const bool hasEnd = message.isLast && !message.isUnterminated && !message.isSkipped;
        return hasEnd ? framing.endMarker() : QByteArrayView();
    }

    Framer m_framer;
    qsizetype m_limit;
    QByteArray m_in;
    qsizetype m_out = 0; ///< bytes of m_in that have come out
    QList<Taken> m_messages;
    bool m_inParts = false;
};

/// Returns the messages of a scenario whose appended data is cut into pieces of these sizes.
QList<Taken> run(const Scenario &scenario, const QList<qsizetype> &sizes)
{
    CheckedFramer framer(scenario.framing, scenario.limit);
    qsizetype piece = 0;
    for (const Action &action : scenario.actions) {
        switch (action.kind) {
        case Action::Kind::Append:
            for (qsizetype at = 0; at < action.bytes.size();) {
                const qsizetype size = std::min(sizes[piece++ % sizes.size()], action.bytes.size() - at);
                framer.append(QByteArrayView(action.bytes).sliced(at, size));
                at += size;
            }
            break;
        case Action::Kind::SetFraming:
            framer.setFraming(action.framing);
            break;
        case Action::Kind::TakeRest:
            framer.takeRest();
        }
    }
    check(framer.in().size() == framer.out(), "every byte comes out, in order");
    return framer.messages();
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const Scenario scenario = scenarioFrom({data, size});
    const QList<Taken> atOnce = run(scenario, {std::numeric_limits<qsizetype>::max()});
    QList<qsizetype> sizes;
    for (const char cut : scenario.cuts)
        sizes.append((1 + uchar(cut)) * (scenario.isLong() ? 256 : 1));
    if (!sizes.isEmpty())
        check(run(scenario, sizes) == atOnce, "the cuts do not matter");
    if (!scenario.isLong())
        check(run(scenario, {1}) == atOnce, "byte by byte is the same");
    return 0;
}
