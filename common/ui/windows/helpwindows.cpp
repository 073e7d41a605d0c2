// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "helpwindows.h"

#include "app/version.h"
#include "ui/guide/guide.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QMenu>
#include <QTextBrowser>
#include <QVBoxLayout>

QMenu *HelpWindows::createMenu(QWidget *window)
{
    auto *menu = new QMenu(tr("&Help"), window);
    menu->addAction(tr("&Guide"), window, [window] { Guide::show(*window, QStringLiteral("index")); })
        ->setObjectName(QStringLiteral("guideAction"));
    QAction *focus = menu->addAction(tr("Help on &This Part"), window, [window] { Guide::showAboutFocus(*window); });
    focus->setObjectName(QStringLiteral("helpAction"));
    focus->setShortcut(QKeySequence::HelpContents);
    menu->addAction(tr("About the &Steps"), window,
                    [window] { Guide::show(*window, QStringLiteral("first-conversation#the-six-steps")); });
    menu->addAction(tr("&About TCP Steps"), window, [window] { showAbout(window); });
    return menu;
}

void HelpWindows::showAbout(QWidget *window)
{
    auto *dialog = new QDialog(window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("About TCP Steps"));
    auto *text = new QTextBrowser(dialog);
    text->setFrameShape(QFrame::NoFrame);
    text->setHtml(tr("<h3>TCP Steps</h3><p>A server and a client hold a TCP conversation and show it: every numbered "
                     "step, as it happens.</p><p>For people who learn or teach TCP, and for developers who test TCP "
                     "programs.</p><p>MIT licence. This is %1.</p>")
                      .arg(Version::text()));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(text);
    layout->addWidget(buttons);
    const int width = dialog->fontMetrics().averageCharWidth() * 75;
    dialog->resize(width, width * 2 / 3);
    dialog->show(); // not modal
}
