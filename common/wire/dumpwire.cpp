// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "dumpwire.h"

#include "capturefile.h"
#include "flowtable.h"
#include "tcpdumpline.h"

#include <QCoreApplication>

#include <cerrno>

namespace {

/// The segments of a capture, by conversation.
class Conversations
{
public:
    explicit Conversations(bool isRelative)
        : m_isRelative(isRelative)
    {
    }

    /// segments are those of a capture from its beginning; those from begin on are new.
    void append(const std::vector<Segment> &segments, size_t begin)
    {
        for (size_t i = begin; i < segments.size(); ++i) {
            const auto flow = size_t(m_flows.append(segments[i]).flow);
            if (flow == m_rows.size())
                m_rows.emplace_back();
            m_rows[flow].push_back(i);
            if (m_isRelative)
                m_origins.push_back(m_numbers.originOf(segments[i]));
        }
    }

    /// False: not all could be written, see errno.
    bool print(const std::vector<Segment> &segments, std::FILE *to)
    {
        m_flows.setEnded();
        QByteArray text;
        for (size_t flow = 0; flow < m_rows.size(); ++flow) {
            if (flow > 0)
                text += '\n';
            const std::vector<Heading> &headings = m_flows.at(int(flow)).headings();
            auto heading = headings.begin();
            for (size_t row = 0; row < m_rows[flow].size(); ++row) {
                for (; heading != headings.end() && heading->row == qsizetype(row); ++heading)
                    text += QByteArray(heading->text.data(), heading->text.size()) + '\n';
                const size_t segment = m_rows[flow][row];
                TcpdumpLine::append(segments[segment], m_isRelative ? m_origins[segment] : SequenceOrigin(), text);
                text += '\n';
                if (text.size() > bufferBytes && !write(text, to))
                    return false;
            }
        }
        return write(text, to) && std::fflush(to) == 0;
    }

private:
    static constexpr qsizetype bufferBytes = 65536;

    static bool write(QByteArray &text, std::FILE *to)
    {
        const bool isWritten = std::fwrite(text.constData(), 1, size_t(text.size()), to) == size_t(text.size());
        text.resize(0);
        return isWritten;
    }

    const bool m_isRelative;
    FlowTable m_flows;
    std::vector<std::vector<size_t>> m_rows; ///< by flow: which segments are its rows
    RelativeNumbers m_numbers;
    std::vector<SequenceOrigin> m_origins; ///< of all segments, if relative
};

} // namespace

QString dumpWire(const QString &path, bool isRelative, std::FILE *to)
{
    constexpr qsizetype packetsAtOnce = 4096;
    CaptureFile file(path);
    std::vector<Segment> segments;
    Conversations conversations(isRelative);
    for (auto state = CaptureFile::State::More; state == CaptureFile::State::More;) {
        const size_t begin = segments.size();
        state = file.read(packetsAtOnce, segments);
        conversations.append(segments, begin);
    }
    if (!conversations.print(segments, to))
        return QCoreApplication::translate("DumpWire", "What it holds cannot be printed: %1")
            .arg(qt_error_string(errno));
    return file.sentence();
}
