// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "captureinput.h"
#include "temporaryfile.h"

#include <QCoreApplication>

#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <unistd.h>

namespace {

constexpr qsizetype packedAtOnce = qsizetype(4) * 1024 * 1024;

/// Unpacks a compressed file with libarchive, which gets no name and writes no file.
class PackedInput : public CaptureInput
{
    Q_DECLARE_TR_FUNCTIONS(PackedInput)

public:
    explicit PackedInput(int descriptor)
        : m_descriptor(descriptor)
        , m_archive(archive_read_new(), archive_read_free)
    {
        archive *in = m_archive.get();
        archive_read_support_filter_gzip(in);
        archive_read_support_filter_zstd(in);
        archive_read_support_filter_lz4(in);
        archive_read_support_format_raw(in);
        constexpr size_t blockBytes = 65536;
        archive_entry *entry = nullptr;
        lseek(descriptor, 0, SEEK_SET);
        if (archive_read_open_fd(in, descriptor, blockBytes) != ARCHIVE_OK ||
            archive_read_next_header(in, &entry) != ARCHIVE_OK)
            fail();
    }

    ~PackedInput() override
    {
        m_archive.reset();
        close(m_descriptor);
    }
    Q_DISABLE_COPY_MOVE(PackedInput)

    Progress copy() override
    {
        for (qsizetype copied = 0; m_progress == Progress::More && copied < packedAtOnce;) {
            const la_ssize_t got = archive_read_data(m_archive.get(), m_buffer.data(), m_buffer.size());
            if (got < 0)
                return fail();
            if (got == 0)
                return m_progress = Progress::End;
            if (!m_copy.append(m_buffer.data(), got)) {
                m_sentence = m_copy.sentence();
                return m_progress = Progress::Failed;
            }
            copied += got;
        }
        return m_progress;
    }

    int openCopy() const override { return m_copy.openAgain(); }
    QString sentence() const override { return m_sentence; }

private:
    Progress fail()
    {
        const char *error = archive_error_string(m_archive.get());
        const QString why = QString::fromLocal8Bit(error ? error : "?");
        m_sentence = why.startsWith(QLatin1StringView("truncated"), Qt::CaseInsensitive)
                         ? tr("The compressed file ends early. If it is still being written, open it again later: only "
                              "files that are not compressed are followed while they grow")
                         : tr("The compressed file cannot be unpacked: %1").arg(why);
        return m_progress = Progress::Failed;
    }

    const int m_descriptor;
    std::unique_ptr<archive, int (*)(archive *)> m_archive;
    mutable TemporaryFile m_copy;
    Progress m_progress = Progress::More;
    QString m_sentence;
    std::array<char, 65536> m_buffer{};
};

} // namespace

std::shared_ptr<CaptureInput> CaptureInput::ofPacked(int descriptor)
{
    return std::make_shared<PackedInput>(descriptor);
}
