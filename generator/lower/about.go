package lower

import "strings"

// about lowers what a document says about itself and its server.
func (l *lowerer) about() {
	if info := l.doc.Info; info != nil {
		l.api.Title = strings.TrimSpace(info.Title)
		l.api.Version = strings.TrimSpace(info.Version)
		l.api.Doc = plainText(info.Description)
	}
	l.api.Server = l.server()
	l.security()
}
