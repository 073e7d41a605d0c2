// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "openingwindow.h"

#include "ui/tools/uitools.h"
#include "windowopener.h"

#include <QFileInfo>
#include <QLabel>

OpeningWindow::OpeningWindow(const QString &path, const QString &second)
    : FileWindow(QFileInfo(path).fileName(), nullptr)
    , m_opener(this)
    , m_text(new QLabel)
{
    UiTools::describe(m_text, "openingText", tr("What is opened"));
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setMargin(m_text->fontMetrics().height());
    setUp([] { return SessionMenu::Source(); }, m_text);
    WindowOpener::serve(sessionMenu());
    connect(&m_opener, &FileOpener::looked, this, &OpeningWindow::take);
    connect(&m_opener, &FileOpener::slow, this, [this](const QString &slow) {
        m_text->setText(tr("Opening %1…").arg(slow));
        show();
    });
    connect(&m_opener, &FileOpener::lookedAtBoth, this, [this](const QString &one, const QString &other) {
        WindowOpener::open(WindowOpener::windowFor(one, other));
        hide();
    });
    if (second.isEmpty())
        m_opener.open(path);
    else
        m_opener.openBoth(path, second);
}

void OpeningWindow::take(const FileLook &look)
{
    if (look.kind == FileLook::Kind::Nothing) {
        m_text->setText(tr("Choose Session → Open… to open another file."));
        setError(look.error);
        show();
        return;
    }
    WindowOpener::open(WindowOpener::windowFor(look));
    hide();
}

#include "moc_openingwindow.cpp"
