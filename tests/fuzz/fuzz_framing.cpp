// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/framer.h"
#include "input.h"

#include <QList>

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

Framing framingFrom(int byte)
{
    return Framing(byte % 3);
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
        if (const auto message = m_framer.takeRest()) {
            check(message->isLast, "the rest is the last part");
            check(message->isUnterminated, "the rest has no terminator");
            took(*message);
        }
        check(m_framer.bufferedBytes() == 0, "nothing is left of the rest");
        check(!m_framer.takeRest(), "there is one rest");
    }

    const QByteArray &in() const { return m_in; }
    const QByteArray &out() const { return m_out; }
    const QList<Taken> &messages() const { return m_messages; }

private:
    void takeAll()
    {
        while (const auto message = m_framer.next()) {
            check(!message->isUnterminated, "next() gives whole messages");
            took(*message);
        }
        check(m_framer.bufferedBytes() == m_in.size() - m_out.size(), "what has not come out is buffered");
        check(m_framer.bufferedBytes() <= m_limit, "no more than the limit waits");
        check(m_framer.endsWithNewline() == (m_framer.bufferedBytes() > 0 && m_in.endsWith('\n')),
              "endsWithNewline() speaks of what waits");
    }

    void took(const FramedMessage &message)
    {
        const Framing framing = m_framer.framing();
        const bool terminated = framing != Framing::None && message.isLast && !message.isUnterminated;
        const QByteArray payload = message.payload.toByteArray();
        const QByteArray wire = terminated ? Framer::framed(payload, framing) : payload;
        check(payload.size() <= m_limit, "no message is above the limit");
        check(message.bytes == wire.size(), "bytes counts the terminator");
        check(message.isLast || payload.size() == m_limit, "a part is as long as the limit");
        check(message.isPart == (m_inParts || !message.isLast), "a part is what parts follow or precede");
        check(framing == Framing::None || !payload.contains(Framer::framed({}, framing)),
              "a message does not contain its terminator");
        check(message.isFirst == !m_inParts, "the first part follows a whole message");
        m_inParts = !message.isLast;
        m_out += wire;
        // With None, the reads determine what is one message without a terminator.
        if (framing == Framing::None && !m_messages.isEmpty() && m_messages.last().framing == Framing::None)
            m_messages.last().payload += payload;
        else
            m_messages.append({payload, framing, message.isUnterminated, message.isPart, message.isLast});
    }

    Framer m_framer;
    qsizetype m_limit;
    QByteArray m_in;
    QByteArray m_out;
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
    check(framer.in() == framer.out(), "every byte comes out, in order");
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
