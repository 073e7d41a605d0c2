// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "fileopener.h"

#include "export/exportsource.h"

namespace {

constexpr int slowMs = 500;

} // namespace

FileOpener::FileOpener(QObject *parent)
    : QObject(parent)
    , m_errand(this)
    , m_slow(this)
{
    m_slow.setSingleShot(true);
    m_slow.setInterval(slowMs);
    connect(&m_slow, &QTimer::timeout, this, [this] { emit slow(m_path); });
}

void FileOpener::open(const QString &path)
{
    m_path = path;
    m_slow.start();
    m_errand.send([this, path]() -> Errand::Answer {
        return [this, look = FileLook::at(path)] {
            m_slow.stop();
            emit looked(look);
        };
    });
}

void FileOpener::openBoth(const QString &first, const QString &second)
{
    m_path = first;
    m_slow.start();
    m_errand.send([this, first, second]() -> Errand::Answer {
        FileLook wrong;
        ExportSource::ofBoth(first, second, wrong.error);
        return [this, first, second, wrong] {
            m_slow.stop();
            if (wrong.error.isEmpty())
                emit lookedAtBoth(first, second);
            else
                emit looked(wrong);
        };
    });
}

void FileOpener::giveUp()
{
    m_slow.stop();
    m_errand.giveUp();
}

#include "moc_fileopener.cpp"
